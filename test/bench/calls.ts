import { type MemoryTable, memoryTable } from '../../shared/aws/memory-table.ts';
import type { AwsBatch, Item, World } from '../../shared/aws/world.ts';
import type { Baseline } from '../../shared/baseline/baseline.ts';
import type { Recheck } from '../../shared/changes/change.ts';
import { lookedAt } from '../../shared/controls/looked-at.ts';
import { locator } from '../../shared/findings/locator.ts';
import { looker } from '../../shared/findings/look.ts';
import { kindOf } from '../../shared/resources/kinds.ts';
import { keyOf, type Resource } from '../../shared/resources/resource.ts';
import { MINUTE, SECOND } from '../../shared/runtime/clock.ts';
import { estateOf } from '../support/estate.ts';
import { aSample, SAMPLE_NAMES } from '../support/samples.ts';
import { ACCOUNT, type BenchEstate, benchEstate, benchWorld, REGION } from './bench-estate.ts';
import type { Figure, Part } from './figure.ts';

/** Calls of one look or one event: to AWS by action, to the table by method, left out where there were none. */
export interface Calls {
  aws: Record<string, number>;
  table: Record<string, number>;
}

interface EventCalls {
  locate: Calls['table'];
  looks: number;
  later: number;
  aws: Calls['aws'];
  table: Calls['table'];
}

/** Counted, not timed: the same on every machine. */
export async function calls(baseline: Baseline): Promise<Part> {
  const estate = await benchEstate();
  try {
    const { items, looks } = await lookAtAll(estate, baseline);
    const events: Record<string, EventCalls> = {};
    for (const name of SAMPLE_NAMES) events[name] = await eventCalls(estate, baseline, items, name);
    const figures = [
      ...clusterFigures(looks[`${ACCOUNT}#${REGION}#cluster#payments`], baseline),
      ...(await untouched(estate, baseline)),
      ...(await tenEvents(estate, baseline, items)),
      ...spread(events),
    ];
    const how =
      'The shipped baseline over the account of the tests through the real SDK, with a table that counts; looks are those at resources already known.';
    return { figures, how, details: { looks, events } };
  } finally {
    await estate.stop();
  }
}

/** Everything is looked at until nothing is left to come; then the table stands, and once more is counted. */
async function lookAtAll(estate: BenchEstate, baseline: Baseline) {
  const { clock } = estate;
  const table = memoryTable();
  const { world, sent } = benchWorld(estate, table);
  const look = looker(world, baseline);
  const resources = estateOf(ACCOUNT, REGION);
  for (const resource of resources) await look(aLook(resource, clock.now));
  await settle(estate, sent, look);
  const looks: Record<string, Calls> = {};
  for (const resource of resources) {
    clock.now += 5 * MINUTE;
    looks[keyOf(resource)] = await counting(world, table, (batch) => look(aLook(resource, clock.now), batch));
  }
  return { items: table.all(), looks };
}

function aLook(resource: Resource, seenAt: number): Recheck {
  return { resource, seenAt, life: 'changed', why: 'sweep' };
}

async function settle(
  { clock }: BenchEstate,
  sent: { recheck: Recheck; at: number }[],
  look: ReturnType<typeof looker>,
) {
  while (sent.length > 0) {
    sent.sort((a, b) => a.at - b.at);
    const next = sent.shift();
    if (next === undefined) return;
    clock.now = Math.max(clock.now, next.at);
    await look(next.recheck);
  }
}

async function counting(world: World, table: MemoryTable, run: (batch: AwsBatch) => Promise<unknown>): Promise<Calls> {
  const batch = world.aws.batch();
  const before = { ...table.calls };
  await run(batch);
  return { aws: Object.fromEntries([...batch.calls()].sort()), table: since(before, table) };
}

function since(before: MemoryTable['calls'], { calls: now }: MemoryTable): Record<string, number> {
  const counts = Object.entries(now).map(
    ([name, count]) => [name, count - before[name as keyof typeof before]] as const,
  );
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

/** One event as it comes to a table that knows the whole account: locating it, and the looks that it asks for now. */
async function eventCalls(
  estate: BenchEstate,
  baseline: Baseline,
  items: readonly Item[],
  name: string,
): Promise<EventCalls> {
  const { clock } = estate;
  clock.now += 5 * MINUTE;
  const table = memoryTable(items);
  const { world, sent } = benchWorld(estate, table);
  await locator(world, baseline, ACCOUNT)(aSample(name), clock.now);
  const located = since({ get: 0, put: 0, remove: 0, query: 0, add: 0 }, table);
  const now = sent.splice(0);
  const look = looker(world, baseline);
  const { aws, table: looked } = await counting(world, table, async (batch) => {
    for (const { recheck } of now) await look(recheck, batch);
  });
  return { locate: located, looks: now.length, later: sent.length, aws, table: looked };
}

function clusterFigures(found: Calls | undefined, baseline: Baseline): Figure[] {
  const { aws = {}, table = {} } = found ?? {};
  const facets = lookedAt(baseline.controls).get('cluster')?.facets.size ?? 0;
  const beyond = sum(aws) - (aws['eks:DescribeCluster'] ?? 0);
  const reads = (table.get ?? 0) + (table.query ?? 0);
  const writes = (table.put ?? 0) + (table.remove ?? 0) + (table.add ?? 0);
  const what = 'one look at a cluster';
  return [
    {
      id: 'look.cluster.describe-cluster',
      what: `${what}: DescribeCluster`,
      value: aws['eks:DescribeCluster'] ?? 0,
      unit: 'calls',
    },
    {
      id: 'look.cluster.beyond-facets',
      what: `${what}: other calls for each of its ${facets} facets`,
      value: beyond / facets,
      unit: '×',
    },
    { id: 'look.cluster.table-reads', what: `${what}: table reads`, value: reads, unit: 'calls' },
    { id: 'look.cluster.table-writes', what: `${what}: conditional writes`, value: writes, unit: 'calls' },
  ];
}

/** Events about resources that only matter where something of ours uses them, with a table that knows none. */
async function untouched(estate: BenchEstate, baseline: Baseline): Promise<Figure[]> {
  const counts: EventCalls[] = [];
  for (const name of [
    'ec2-AuthorizeSecurityGroupIngress',
    'ec2-RevokeSecurityGroupEgress',
    'ec2-DeleteSecurityGroup',
  ]) {
    if (kindOf('security-group').judged !== 'linked') throw new Error('Security groups are no linked kind any more.');
    counts.push(await eventCalls(estate, baseline, [], name));
  }
  const most = (of: (each: EventCalls) => number) => Math.max(...counts.map(of));
  const what = 'an event that touches nothing of ours';
  return [
    {
      id: 'untouched.table-queries',
      what: `${what}: table queries`,
      value: most(({ locate }) => sum(locate)),
      unit: 'calls',
    },
    { id: 'untouched.aws-reads', what: `${what}: AWS reads`, value: most(({ aws }) => sum(aws)), unit: 'calls' },
  ];
}

/** One event a second on one cluster; a look takes no time, so none is already running when the next event comes. */
async function tenEvents(estate: BenchEstate, baseline: Baseline, items: readonly Item[]): Promise<Figure[]> {
  const { clock } = estate;
  clock.now += 5 * MINUTE;
  const began = clock.now;
  const { world, sent } = benchWorld(estate, memoryTable(items));
  const locate = locator(world, baseline, ACCOUNT);
  const look = looker(world, baseline);
  const judged: number[] = [];
  const work = async (until: number) => {
    for (;;) {
      sent.sort((a, b) => a.at - b.at);
      const [next] = sent;
      if (next === undefined || next.at > until) return;
      sent.shift();
      clock.now = Math.max(clock.now, next.at);
      if ((await look(next.recheck)) === 'judged' && next.recheck.resource.kind === 'cluster') judged.push(clock.now - began);
    }
  };
  for (let second = 0; second < 10; second++) {
    await work(began + second * SECOND);
    clock.now = began + second * SECOND;
    const event = aSample('eks-UpdateClusterConfig');
    await locate({ ...event, detail: { ...event.detail, eventID: `event-${second}` } }, clock.now);
  }
  await work(Number.POSITIVE_INFINITY);
  const now = judged.filter((at) => at <= 20 * SECOND).length;
  const what = 'ten events on a cluster within 10 s';
  return [
    { id: 'ten-events.looks-now', what: `${what}: looks within 20 s`, value: now, unit: 'looks' },
    { id: 'ten-events.looks-later', what: `${what}: looks later`, value: judged.length - now, unit: 'looks' },
  ];
}

/** Over all samples, for the table; each one is among the details. */
function spread(events: Readonly<Record<string, EventCalls>>): Figure[] {
  const all = Object.values(events);
  const mean = (of: (each: EventCalls) => number) => all.reduce((total, each) => total + of(each), 0) / all.length;
  const what = `an event, mean of ${all.length} samples`;
  return [
    { id: 'event.aws-reads', what: `${what}: AWS reads`, value: mean(({ aws }) => sum(aws)), unit: 'calls' },
    {
      id: 'event.table-calls',
      what: `${what}: table calls`,
      value: mean(({ locate, table }) => sum(locate) + sum(table)),
      unit: 'calls',
    },
    { id: 'event.looks', what: `${what}: looks now`, value: mean(({ looks }) => looks), unit: 'looks' },
  ];
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, count) => total + count, 0);
}
