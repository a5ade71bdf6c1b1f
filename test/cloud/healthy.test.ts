import { afterEach, beforeEach, expect, it } from 'vitest';
import { awsSession } from '../../shared/aws/session.ts';
import type { Rule } from '../../shared/baseline/baseline.ts';
import { CATALOGUE } from '../../shared/controls/catalogue.ts';
import { judge } from '../../shared/evaluation/judge.ts';
import { readSubject, type SubjectRead } from '../../shared/evaluation/read-subject.ts';
import { kindOf } from '../../shared/resources/kinds.ts';
import type { Resource, Use } from '../../shared/resources/resource.ts';
import { anAccount, namesOf } from '../support/cloud/audited/index.ts';
import { ACCOUNT, aCloud, OTHER, REGION, START } from '../support/cloud/audited/testing.ts';

let cloud: Awaited<ReturnType<typeof aCloud>>;
beforeEach(async () => {
  cloud = await aCloud({ accounts: { [OTHER]: { ...anAccount(OTHER), externalId: 'known-to-both' } } });
});
afterEach(() => cloud.stop());

/** Every resource of the healthy account that has a read of its own. */
function resourcesOf(account: string): Resource[] {
  const names = namesOf(account, REGION);
  const here = { account, region: REGION };
  return [
    { kind: 'account-region', id: REGION, ...here },
    { kind: 'cluster', id: names.cluster, ...here },
    { kind: 'image', id: `${names.repository}@${names.digest}`, ...here },
    { kind: 'log-group', id: names.logGroup, ...here },
    { kind: 'nodegroup', id: `${names.cluster}/${names.nodegroup}`, ...here },
    { kind: 'repository', id: names.repository, ...here },
    { kind: 'security-group', id: names.clusterGroup, ...here },
    { kind: 'security-group', id: names.nodeGroupSecurity, ...here },
    { kind: 'trail', id: names.trail, ...here },
    { kind: 'policy', id: 'payments-queue', account, region: 'global' },
    { kind: 'role', id: names.appRole, account, region: 'global' },
    { kind: 'role', id: names.clusterRole, account, region: 'global' },
    { kind: 'role', id: names.nodeRole, account, region: 'global' },
  ];
}

/** Reads a resource with all its facets, over the wire, as a function of ours would. */
function readAll(account: string): Promise<SubjectRead[]> {
  const session = awsSession({
    home: { account: ACCOUNT, region: REGION },
    accounts: [OTHER],
    externalId: 'known-to-both',
    client: { sdk: { endpoint: cloud.url, credentials: { accessKeyId: ACCOUNT, secretAccessKey: 'sample' } } },
  });
  const batch = session.batch();
  const by: Resource = { kind: 'cluster', id: 'payments', account, region: REGION };
  const usedBy: Use[] = [{ by, as: ['cluster'], clusters: ['payments'] }];
  return Promise.all(
    resourcesOf(account).map((resource) => {
      const kind = kindOf(resource.kind);
      const facets = new Set(Object.keys(kind.facets));
      return readSubject(kind, resource, batch.reader(account, resource.region), facets, usedBy);
    }),
  );
}

const seen = (read: SubjectRead) => [read.outcome, read.outcome === 'found' ? Object.fromEntries(read.unread) : read];

it.each([ACCOUNT, OTHER])('every kind with all its facets is found in the healthy account %s', async (account) => {
  const reads = await readAll(account);
  expect(reads.map(seen)).toEqual(reads.map(() => ['found', {}]));
});

it('no control finds a fault in the healthy account', async () => {
  const reads = await readAll(ACCOUNT);
  const subjects = reads.flatMap((read) => (read.outcome === 'found' ? [read.subject] : []));
  const verdicts = CATALOGUE.flatMap((control) =>
    subjects
      .filter(({ kind }) => control.resources.some((one) => one.kind === kind))
      .map((subject) => {
        const params = control.params.parse({}) as Rule['params'];
        const rule: Rule = { control, params, mode: 'notify', always: false };
        return [control.id, subject.at.id, judge(rule, subject, new Date(START))] as const;
      }),
  );
  expect(verdicts.length).toBeGreaterThan(0);
  expect(verdicts.filter(([, , { verdict }]) => verdict !== 'pass' && verdict !== 'not-applicable')).toEqual([]);
});
