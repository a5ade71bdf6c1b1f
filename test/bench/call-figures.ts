import { memoryTable } from '../../shared/aws/memory-table.ts';
import type { Item } from '../../shared/aws/world.ts';
import type { Baseline } from '../../shared/baseline/baseline.ts';
import { lookedAt } from '../../shared/controls/looked-at.ts';
import { locator } from '../../shared/findings/locator.ts';
import { looker } from '../../shared/findings/look.ts';
import { MINUTE, SECOND } from '../../shared/runtime/clock.ts';
import { aSample } from '../support/samples.ts';
import { ACCOUNT, type BenchEstate, benchWorld } from './bench-estate.ts';
import { type Calls, type EventCalls, eventCalls, sum } from './counting.ts';
import type { Figure } from './figure.ts';

const DESCRIBE = 'eks:DescribeCluster';

/** `actions` over facets is what the target is about: EC2 tells one attribute of a VPC per call, and two are asked for. */
export function clusterFigures({ aws, table }: Calls, baseline: Baseline): Figure[] {
  const facets = lookedAt(baseline.controls).get('cluster')?.facets.size ?? 0;
  const others = Object.keys(aws).filter((action) => action !== DESCRIBE).length;
  const reads = (table.get ?? 0) + (table.query ?? 0);
  const writes = sum(table) - reads;
  return [
    count('look.cluster.describe-cluster', 'one look at a cluster: DescribeCluster', aws[DESCRIBE] ?? 0),
    {
      ...count('look.cluster.actions-per-facet', `… other actions for each of ${facets} facets`, others / facets),
      unit: '×',
    },
    count('look.cluster.calls', '… all calls to AWS', sum(aws)),
    count('look.cluster.table-reads', '… table reads', reads),
    count('look.cluster.table-writes', '… conditional writes', writes),
  ];
}

const OF_GROUPS = ['ec2-AuthorizeSecurityGroupIngress', 'ec2-RevokeSecurityGroupEgress', 'ec2-DeleteSecurityGroup'];

/** Events about security groups that nothing of ours uses. */
export async function untouched(estate: BenchEstate, baseline: Baseline): Promise<Figure[]> {
  const counts: EventCalls[] = [];
  for (const name of OF_GROUPS) counts.push(await eventCalls(estate, baseline, [], name));
  const most = (of: (each: EventCalls) => number) => Math.max(...counts.map(of));
  return [
    count(
      'untouched.table-queries',
      'an event that touches nothing of ours: table queries',
      most(({ locate, table }) => sum(locate) + sum(table)),
    ),
    count(
      'untouched.aws-reads',
      '… AWS reads',
      most(({ aws }) => sum(aws)),
    ),
  ];
}

/** One event a second on one cluster. A look takes no time here, so none is already running when the next event comes. */
export async function tenEvents(estate: BenchEstate, baseline: Baseline, items: readonly Item[]): Promise<Figure[]> {
  const { clock } = estate;
  clock.now += 5 * MINUTE;
  const began = clock.now;
  const { world, sent } = benchWorld(estate, memoryTable(items));
  const locate = locator(world, baseline, ACCOUNT);
  const look = looker(world, baseline);
  const looks: number[] = [];
  const work = async (until: number) => {
    for (;;) {
      const next = sent.sort((a, b) => a.at - b.at)[0];
      if (next === undefined || next.at > until) return;
      sent.shift();
      clock.now = Math.max(clock.now, next.at);
      const looked = await look(next.recheck);
      if (looked === 'judged' && next.recheck.resource.kind === 'cluster') looks.push(clock.now - began);
    }
  };
  for (let second = 0; second < 10; second++) {
    await work(began + second * SECOND);
    clock.now = began + second * SECOND;
    await locate(aSample('eks-UpdateClusterConfig', { eventID: `event-${second}` }), clock.now);
  }
  await work(Number.POSITIVE_INFINITY);
  const now = looks.filter((at) => at <= 20 * SECOND).length;
  const what = 'ten events on a cluster within 10 s: looks at it within 20 s';
  return [
    { id: 'ten-events.looks-now', what, value: now, unit: 'looks' },
    { id: 'ten-events.looks-later', what: '… looks at it later', value: looks.length - now, unit: 'looks' },
  ];
}

/** The means over all samples; each one is among the details. */
export function means(events: Readonly<Record<string, EventCalls>>): Figure[] {
  const all = Object.values(events);
  const mean = (of: (each: EventCalls) => number) => all.reduce((total, each) => total + of(each), 0) / all.length;
  return [
    count(
      'event.aws-reads',
      `an event, mean of ${all.length} samples: AWS reads`,
      mean(({ aws }) => sum(aws)),
    ),
    count(
      'event.table-calls',
      '… table calls',
      mean(({ locate, table }) => sum(locate) + sum(table)),
    ),
    { id: 'event.looks', what: '… looks at once', value: mean(({ looks }) => looks), unit: 'looks' },
  ];
}

function count(id: string, what: string, value: number): Figure {
  return { id, what, value, unit: 'calls' };
}
