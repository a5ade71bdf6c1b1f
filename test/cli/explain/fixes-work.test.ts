import * as cloudtrail from '@aws-sdk/client-cloudtrail';
import * as logs from '@aws-sdk/client-cloudwatch-logs';
import * as ec2 from '@aws-sdk/client-ec2';
import * as ecr from '@aws-sdk/client-ecr';
import * as eks from '@aws-sdk/client-eks';
import * as iam from '@aws-sdk/client-iam';
import { afterAll, expect, it } from 'vitest';
import { awsSession } from '../../../shared/aws/session.ts';
import { loadBaseline } from '../../../shared/baseline/load.ts';
import { placeOf } from '../../../shared/cli/explain/explained.ts';
import { SNIPPETS } from '../../../shared/cli/explain/snippets/index.ts';
import { judgeScopes } from '../../../shared/cli/reporting/judge-scopes.ts';
import { toReport } from '../../../shared/cli/reporting/to-report.ts';
import type { Reported } from '../../../shared/reports/report.ts';
import { aWrongAccount } from '../../support/a-wrong-account.ts';
import { requestOf } from '../../support/aws-commands.ts';
import { merge, namesOf, startAuditedAccounts } from '../../support/cloud/audited/index.ts';
import { clientsOf } from '../../support/cloud/audited/testing.ts';
import { aBaselineFile, MEMBER, REGION, START } from '../../support/pipeline.ts';
import { shellWords } from '../../support/shell-words.ts';

const SDK: Readonly<Record<string, object>> = { cloudtrail, ec2, ecr, eks, iam, logs };
const { baseline } = loadBaseline(aBaselineFile(), 'baseline.yml', START);
let time = START;
const names = namesOf(MEMBER, REGION);
const forAll = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: '*', Action: 'ecr:BatchGetImage' }] };
const worse = merge(aWrongAccount(MEMBER, REGION), {
  regions: {
    [REGION]: {
      clusters: {
        [names.cluster]: { deletionProtection: false, resourcesVpcConfig: { endpointPrivateAccess: false } },
      },
      repositoryPolicies: { [names.repository]: forAll },
    },
  },
});
const cloud = await startAuditedAccounts({ now: () => time, accounts: { [MEMBER]: worse } });
afterAll(() => cloud.stop());

async function scan(): Promise<readonly Reported[]> {
  const sdk = { endpoint: cloud.url, credentials: { accessKeyId: MEMBER, secretAccessKey: 'sample' } };
  const aws = awsSession({ home: { account: MEMBER, region: REGION }, now: () => time, client: { sdk } });
  const scopes = [REGION, 'global'].map((region) => ({ account: MEMBER, region }));
  const { states, scopes: judged } = await judgeScopes({ aws, baseline, scopes, at: time });
  return toReport(states, baseline, {}, { at: time, source: 'scan', scopes: judged }).verdicts;
}

/** The call that a command makes, made; EKS then has the time that it takes. */
async function made(words: readonly string[]): Promise<void> {
  const { service, operation, input } = requestOf(words);
  const clients = clientsOf(cloud.url, { accessKeyId: MEMBER, region: REGION }) as unknown as Record<
    string,
    { send(command: object): Promise<unknown> }
  >;
  const Command = (SDK[service] as Record<string, new (input: object) => object>)[`${operation}Command`];
  if (Command === undefined) throw new Error(`The SDK has no ${operation}.`);
  await clients[service]?.send(new Command(input));
  time += 20 * 60_000;
}

const PLACEHOLDER = /\b(?:[A-Z]+_)+[A-Z]+\b(?<!CONFIG_MAP|API_AND_CONFIG_MAP|UPGRADE_READINESS)|REGION|ISSUER|ANSWER/;
const isWrite = ([, , call = '']: readonly string[]) => !/^(?:describe|list|get|lookup|wait)/.test(call);

it('what a person pastes puts it right: the command of each finding, made in the account, until its control passes', async () => {
  const failing = (await scan()).filter(({ verdict }) => verdict === 'fail');
  const fixes = failing.map((reported) => {
    const commands = shellWords(SNIPPETS[reported.control]?.cli(placeOf({ reported, partition: 'aws' })) ?? []);
    return { reported, writes: commands.filter(([program]) => program === 'aws').filter(isWrite) };
  });
  const whole = fixes.filter(
    ({ writes }) => writes.length > 0 && !writes.flat().some((each) => PLACEHOLDER.test(each)),
  );
  whole.sort((a, b) => (a.reported.control < b.reported.control ? -1 : 1));
  const became: (string | undefined)[][] = [];
  for (const { reported, writes } of whole) {
    for (const words of writes) await made(words);
    became.push([reported.control, (await scan()).find(({ id }) => id === reported.id)?.verdict]);
  }
  expect(became).toEqual(
    [
      'ecr-policy-public',
      'ecr-tag-immutable',
      'eks-control-plane-logging',
      'eks-deletion-protection',
      'eks-endpoint-private-enabled',
      'eks-endpoint-public-cidrs',
      'eks-endpoint-public-disabled',
      'eks-loggroup-retention',
      'trail-enabled',
    ].map((control) => [control, 'pass']),
  );
});
