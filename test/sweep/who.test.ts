import { expect, it } from 'vitest';
import type { AwsBatch } from '../../shared/aws/world.ts';
import logging from '../../shared/controls/cluster/eks-control-plane-logging.ts';
import type { Sought } from '../../shared/sweep/who.ts';
import { whoDid } from '../../shared/sweep/who.ts';
import { aFinding, aState, LOGGING, NOON, PAYMENTS } from '../support/notices.ts';
import { aSample } from '../support/samples.ts';

const MINUTE = 60_000;
const SCOPE = { account: PAYMENTS.account, region: PAYMENTS.region };
const state = aState({ [LOGGING]: aFinding() });
const sought: Sought = { control: logging, state, seenAt: NOON - 60 * MINUTE };
const window = { from: NOON - 60 * MINUTE, to: NOON };

/** CloudTrail's own words for an update of the cluster. */
function anUpdate(more: object = {}): string {
  const { detail } = aSample('eks-UpdateClusterConfig') as { detail: object };
  const eventTime = new Date(NOON - 10 * MINUTE).toISOString();
  const requestParameters = { name: PAYMENTS.id };
  const own = { awsRegion: PAYMENTS.region, recipientAccountId: PAYMENTS.account, eventTime, requestParameters };
  return JSON.stringify({ ...detail, ...own, ...more });
}

/** A history that holds these records under `UpdateClusterConfig`, and what it was asked for. */
function aHistory(...records: string[]) {
  const asked: unknown[] = [];
  const read = async (action: string, input: { LookupAttributes: { AttributeValue: string }[] }) => {
    asked.push([action, input.LookupAttributes[0]?.AttributeValue]);
    const isUpdate = input.LookupAttributes[0]?.AttributeValue === 'UpdateClusterConfig';
    const Events = isUpdate ? records.map((CloudTrailEvent) => ({ CloudTrailEvent })) : [];
    return { outcome: 'found', began: NOON, value: { Events } };
  };
  const batch = { reader: () => ({ ...SCOPE, partition: 'aws', read }) } as unknown as AwsBatch;
  return { batch, asked };
}

const found = async (...records: string[]) => whoDid(aHistory(...records).batch, SCOPE, sought, window);

it('T-03: asks for the calls that the control and the life of its kind know, and for no other', async () => {
  const { batch, asked } = aHistory();
  await whoDid(batch, SCOPE, sought, window);
  expect(asked).toEqual([
    ['cloudtrail:LookupEvents', 'CreateCluster'],
    ['cloudtrail:LookupEvents', 'UpdateClusterConfig'],
  ]);
});

it('T-03: an event that touches the resource names who made it, as found afterwards', async () => {
  expect(await found(anUpdate())).toMatchObject({ event: 'eks:UpdateClusterConfig', late: true });
});

it.each<[string, string[]]>([
  ['nothing', []],
  ['an event about another resource', [anUpdate({ requestParameters: { name: 'payments-10' } })]],
  ['one that does not say which resource it touched', [anUpdate({ requestParameters: { omitted: true } })]],
  ['a call that failed', [anUpdate({ errorCode: 'AccessDenied' })]],
  ['one from before the last look', [anUpdate({ eventTime: new Date(NOON - 90 * MINUTE).toISOString() })]],
  ['one of another account', [anUpdate({ recipientAccountId: '999988887777' })]],
  ['no JSON', ['{']],
])('T-03: of %s nobody is named', async (_what, records) => {
  const other = (await found(...records))?.actor.account;
  expect(other).toBeUndefined();
});
