import { expect, it } from 'vitest';
import type { Waiver } from '../../shared/baseline/baseline.ts';
import logging from '../../shared/controls/cluster/eks-control-plane-logging.ts';
import version from '../../shared/controls/cluster/eks-version-supported.ts';
import { evaluate, unreadable } from '../../shared/evaluation/evaluate.ts';
import { readSubject } from '../../shared/evaluation/read-subject.ts';
import type { AnySubject } from '../../shared/evaluation/verdict.ts';
import { cluster } from '../../shared/resources/cluster.ts';
import { key } from '../../shared/resources/key.ts';
import type { Resource } from '../../shared/resources/resource.ts';
import { aBaseline } from '../support/a-baseline.ts';
import { aCluster } from '../support/builders.ts';
import { fakeReader } from '../support/fake-reader.ts';

const NOW = Date.parse('2026-11-21T12:00:00Z');
const PAYMENTS: Resource = { kind: 'cluster', id: 'payments', account: '111122223333', region: 'eu-west-1' };
const WHERE = { resource: PAYMENTS, clusters: ['payments'], tags: {} };
const UNREAD = { outcome: 'refused', began: 1, action: 'eks:DescribeClusterVersions', why: 'Denied.' } as const;

const found = (subject: object, unread: [string, typeof UNREAD][] = []) => ({
  outcome: 'found' as const,
  began: 1,
  subject: subject as AnySubject,
  unread: new Map(unread),
});

it('a facet that could not be read makes unknown the controls that need it, and no others', () => {
  const judged = evaluate(
    aBaseline([logging, version]),
    cluster,
    found(aCluster(), [['versionStatus', UNREAD]]),
    WHERE,
    NOW,
  );
  expect(judged.map(({ rule, verdict }) => [rule.control.id, verdict.verdict])).toEqual([
    [logging.id, 'pass'],
    [version.id, 'unknown'],
  ]);
  expect(judged[1]?.verdict).toEqual({ verdict: 'unknown', why: 'Denied.', missing: UNREAD.action });
});

it('a waiver goes with a failure only, and only while it holds', () => {
  const waiver: Waiver = {
    control: logging.id,
    resource: '111122223333#eu-west-1#cluster#payments',
    reason: 'A test.',
    requestedBy: 'ana',
    approvedBy: 'bea',
    until: '2026-11-21',
  };
  const baseline = aBaseline([logging], { waivers: [waiver] });
  const failing = found(aCluster({ logging: { clusterLogging: [] } }));
  const waivers = (subject: typeof failing, now: number) =>
    evaluate(baseline, cluster, subject, WHERE, now).map((judged) => [judged.verdict.verdict, judged.waiver]);
  expect(waivers(failing, NOW)).toEqual([['fail', waiver]]);
  expect(waivers(failing, NOW + 86_400_000)).toEqual([['fail', undefined]]);
  expect(waivers(found(aCluster()), NOW)).toEqual([['pass', undefined]]);
});

it('U-01: a resource that could not be read is unknown to every control, with the permission that is missing', () => {
  const verdicts = (read: Parameters<typeof unreadable>[2]) =>
    unreadable(aBaseline([logging, version]), cluster, read, WHERE).map(({ verdict }) => verdict);
  expect(verdicts(UNREAD)).toEqual([
    { verdict: 'unknown', why: 'Denied.', missing: UNREAD.action },
    { verdict: 'unknown', why: 'Denied.', missing: UNREAD.action },
  ]);
  expect(verdicts({ ...UNREAD, outcome: 'malformed' })[0]).toEqual({ verdict: 'unknown', why: 'Denied.' });
  expect(verdicts({ outcome: 'gone' })[0]).toEqual({ verdict: 'unknown', why: 'What it refers to does not exist.' });
});

const answers = (status: string) => ({
  'eks:DescribeCluster': () => ({ cluster: { name: 'payments', version: '1.36', status } }) as never,
  'eks:DescribeClusterVersions': () => ({ clusterVersions: [{ clusterVersion: '1.36' }] }),
});

it('a subject is as old as its oldest read, and holds just the facets that were asked for', async () => {
  const reader = fakeReader(answers('ACTIVE'));
  const read = await readSubject(cluster, PAYMENTS, reader, new Set(['versionStatus']), []);
  expect(read).toEqual({
    outcome: 'found',
    began: 1,
    subject: {
      name: 'payments',
      version: '1.36',
      status: 'ACTIVE',
      kind: 'cluster',
      at: PAYMENTS,
      partition: 'aws',
      usedBy: [],
      facets: { versionStatus: { clusterVersion: '1.36' } },
    },
    unread: new Map(),
  });
});

it('H-01: a throttled facet makes the whole read unavailable; a refused one only itself', async () => {
  const look = (outcome: 'unavailable' | 'refused') =>
    readSubject(
      cluster,
      PAYMENTS,
      fakeReader({ ...answers('ACTIVE'), 'eks:DescribeClusterVersions': () => outcome }),
      new Set(['versionStatus']),
      [],
    );
  expect((await look('unavailable')).outcome).toBe('unavailable');
  const refused = await look('refused');
  expect(refused.outcome === 'found' && [...refused.unread.keys()]).toEqual(['versionStatus']);
});

it('E-02: a cluster that is being updated is unsettled, one that is being deleted is gone', async () => {
  const outcome = async (status: string) =>
    (await readSubject(cluster, PAYMENTS, fakeReader(answers(status)), new Set(), [])).outcome;
  expect([await outcome('UPDATING'), await outcome('CREATING'), await outcome('DELETING')]).toEqual([
    'unsettled',
    'unsettled',
    'gone',
  ]);
});

it('a kind that is only located is never read', async () => {
  const resource: Resource = { ...PAYMENTS, kind: 'key' };
  await expect(readSubject(key, resource, fakeReader({}), new Set(), [])).rejects.toThrow(TypeError);
});
