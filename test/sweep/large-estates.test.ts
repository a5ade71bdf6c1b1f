import { expect, it } from 'vitest';
import type { Item, Table } from '../../shared/aws/world.ts';
import logging from '../../shared/controls/cluster/eks-control-plane-logging.ts';
import type { ResourceState } from '../../shared/findings/finding.ts';
import { type Scope, sweepKey } from '../../shared/findings/swept.ts';
import { keyOf, type Resource } from '../../shared/resources/resource.ts';
import { addedUp } from '../../shared/sweep/added-up.ts';
import { AT_ONCE, SWEEP_CALLS, timeToSweep } from '../../shared/sweep/bounds.ts';
import { sweepCloser } from '../../shared/sweep/close-sweep.ts';
import { type Gathering, gather, MOST_REPORTED } from '../../shared/sweep/gather.ts';
import { scopeLister, scopesOf } from '../../shared/sweep/list-scopes.ts';
import { notInOrder } from '../../shared/sweep/not-in-order.ts';
import { NOTHING } from '../../shared/sweep/tally.ts';
import { aBaseline } from '../support/a-baseline.ts';
import { TestWorld } from '../support/a-world.ts';
import { aFinding, LOGGING, NOON } from '../support/notices.ts';

const ACCOUNTS = Array.from({ length: 200 }, (_, at) => String(100_000_000_000 + at));
const REGIONS = Array.from({ length: 17 }, (_, at) => `eu-west-${at + 1}`);
const BUSY: Scope = { account: ACCOUNTS[0] ?? '', region: REGIONS[0] ?? '' };
const CLUSTERS = 5000;
const KIB = 1024;
const baseline = { ...aBaseline([logging]), accounts: ACCOUNTS };
const scopes = scopesOf(baseline, BUSY.account, REGIONS);

const clusterAt = (at: number): Resource => ({ kind: 'cluster', id: `cluster-${at}`, ...BUSY });
const stateOf = (resource: Resource): ResourceState => ({
  ...resource,
  ...{ pk: keyOf(resource), sk: 'state', schema: 1, version: 1, observedAt: NOON },
  clusters: [resource.id],
  links: [],
  findings: { [LOGGING]: aFinding() },
});

/** A table of 5,000 failing clusters in one of 3,600 scopes, whose items are made when they are read; it counts what is held at once. */
function anEstate(run = 'night') {
  const counts = { reads: 0, under: 0, most: 0 };
  const done = (scope: Scope): Item => ({
    ...{ pk: sweepKey(scope), sk: 'done', run, started: 0, ended: 0, first: false, complete: true, kinds: [] },
    tally: scope === BUSY ? { ...NOTHING, resources: CLUSTERS, controls: { [LOGGING]: { open: CLUSTERS } } } : NOTHING,
  });
  const rows = new Map(scopes.map((scope) => [sweepKey(scope), scope]));
  const kept = new Map<string, Item>();
  const get: Table['get'] = async (pk, sk) => {
    counts.reads += 1;
    counts.under += 1;
    counts.most = Math.max(counts.most, counts.under);
    await Promise.resolve();
    counts.under -= 1;
    const scope = rows.get(pk);
    if (sk === 'done' && scope)
      return done(scope.account === BUSY.account && scope.region === BUSY.region ? BUSY : scope);
    if (sk === 'state') return stateOf({ kind: 'cluster', id: pk.split('#').at(-1) ?? '', ...BUSY }) as unknown as Item;
    return kept.get(`${pk} ${sk}`);
  };
  const put: Table['put'] = async (item) => {
    kept.set(`${item.pk} ${item.sk}`, item);
    return 'written';
  };
  const query: Table['query'] = async () => [];
  async function* keysIn(scope: string) {
    if (scope !== `${BUSY.account}#${BUSY.region}`) return;
    for (let next = 0; next < CLUSTERS; next += 1000) {
      yield Array.from({ length: 1000 }, (_, at) => ({ pk: keyOf(clusterAt(next + at)), sk: 'state' }));
    }
  }
  const table: Table = { get, put, query, remove: async () => 'removed', add: async () => 'added' };
  return { table, keysIn, counts, kept };
}

const gathering: Gathering = { baseline, groupOf: () => 'cluster', now: NOON, last: NOON - 86_400_000 };

it('W-04: what is not in order is read a few at a time, and only its sums and worst are kept', async () => {
  const { table, keysIn, counts } = anEstate();
  const all = await gather(notInOrder(table, keysIn, scopes), gathering);
  expect([scopes.length, counts.reads, counts.most]).toEqual([3600, CLUSTERS, 25]);
  expect([all.opened.count, all.opened.worst.length, all.clusters.size]).toEqual([CLUSTERS, 10, CLUSTERS]);
  expect([all.verdicts.length, all.left]).toEqual([MOST_REPORTED, 0]);
});

it('W-04: the rows of 3,600 scopes are added up fifty at a time', async () => {
  const { table, counts } = anEstate();
  const sum = await addedUp(table, 'night', scopes);
  expect([counts.reads, counts.most, sum.whole, sum.tally.resources]).toEqual([3600, 50, 3600, CLUSTERS]);
});

it('W-04: a report lists so many findings and says how many it leaves out', async () => {
  async function* twice() {
    for (const round of [0, 1]) for (let at = 0; at < CLUSTERS; at += 1) yield stateOf(clusterAt(at * 2 + round));
  }
  const all = await gather(twice(), gathering);
  expect([all.verdicts.length, all.left, all.opened.count]).toEqual([MOST_REPORTED, CLUSTERS, 2 * CLUSTERS]);
});

it('W-04: what passes through the state machine, its row and its digest stay far below their limits', async () => {
  const { table, keysIn, kept } = anEstate();
  const world = Object.assign(new TestWorld(NOON), { table });
  const stored = new Map<string, string>();
  const files = {
    read: async (key: string) => stored.get(key) ?? '{}',
    write: async (key: string, text: string) => void stored.set(key, text),
  };
  const own = { files, bucket: 'lists', ownAccount: BUSY.account };
  const listed = await scopeLister(world, baseline, { ...own, regions: REGIONS })({ run: 'night', input: {} });
  const closed = await sweepCloser(world, baseline, { ...own, keysIn, region: BUSY.region })(listed);
  const row = [...kept.values()].find(({ sk }) => sk.startsWith('sweep#'));
  const sizes = [listed, closed, row].map((each) => Buffer.byteLength(JSON.stringify(each)));
  expect(sizes.map((size) => size < 32 * KIB)).toEqual([true, true, true]);
  const report = Buffer.byteLength(stored.get('reports/night.html') ?? '');
  expect([report > 1000 * KIB, report < 16_000 * KIB]).toEqual([true, true]);
});

it('W-04: an invocation begins nothing in its second half, so that it ends before three fifths of its time', () => {
  const timeout = 900_000;
  const at = { left: timeout };
  const enough = timeToSweep({ getRemainingTimeInMillis: () => at.left });
  const begins = [timeout, timeout / 2 + 1, timeout / 2, timeout * 0.4, 0].map((left) => {
    at.left = left;
    return enough();
  });
  expect(begins).toEqual([true, true, false, false, false]);
  // What was begun then is a few looks, whose calls wait for their turn: ten seconds for each service, at most.
  const { perSecond = 0 } = SWEEP_CALLS.pace ?? {};
  expect((AT_ONCE * 10) / perSecond).toBeLessThan((timeout * 0.1) / 1000);
});
