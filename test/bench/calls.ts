import { memoryTable } from '../../shared/aws/memory-table.ts';
import type { Baseline } from '../../shared/baseline/baseline.ts';
import type { Recheck } from '../../shared/changes/change.ts';
import { looker } from '../../shared/findings/look.ts';
import { keyOf, type Resource } from '../../shared/resources/resource.ts';
import { MINUTE } from '../../shared/runtime/clock.ts';
import { estateOf } from '../support/estate.ts';
import { SAMPLE_NAMES } from '../support/samples.ts';
import { ACCOUNT, type BenchEstate, benchEstate, benchWorld, REGION } from './bench-estate.ts';
import { clusterFigures, means, tenEvents, untouched } from './call-figures.ts';
import { type Calls, counting, type EventCalls, eventCalls } from './counting.ts';
import type { Part } from './figure.ts';

const HOW =
  'Counted: the shipped baseline over an account with everything in it, through the real SDK; the resources are already known.';

/** Counted, not timed: the same on every machine. */
export async function calls(baseline: Baseline): Promise<Part> {
  const estate = await benchEstate();
  try {
    const { items, looks } = await lookAtAll(estate, baseline);
    const events: Record<string, EventCalls> = {};
    for (const name of SAMPLE_NAMES) events[name] = await eventCalls(estate, baseline, items, name);
    const cluster = looks[`${ACCOUNT}#${REGION}#cluster#payments`] ?? { aws: {}, table: {} };
    const figures = [
      ...clusterFigures(cluster, baseline),
      ...(await untouched(estate, baseline)),
      ...(await tenEvents(estate, baseline, items)),
      ...means(events),
    ];
    return { figures, how: HOW, details: { looks, events } };
  } finally {
    await estate.stop();
  }
}

/** Looks at everything until no more looks are asked for; then the table knows the account, and one more look at each is counted. */
export async function lookAtAll(estate: BenchEstate, baseline: Baseline) {
  const { clock } = estate;
  const table = memoryTable();
  const { world, sent } = benchWorld(estate, table);
  const look = looker(world, baseline);
  const judged = new Set(baseline.controls.flatMap(({ resources }) => resources.map(({ kind }) => kind)));
  const resources = estateOf(ACCOUNT, REGION).filter(({ kind }) => judged.has(kind));
  for (const resource of resources) await look(swept(resource, clock.now));
  const first = () => sent.sort((a, b) => a.at - b.at).shift();
  for (let next = first(); next !== undefined; next = first()) {
    clock.now = Math.max(clock.now, next.at);
    await look(next.recheck);
  }
  const looks: Record<string, Calls> = {};
  for (const resource of resources) {
    clock.now += 5 * MINUTE;
    looks[keyOf(resource)] = await counting(world, table, (batch) => look(swept(resource, clock.now), batch));
  }
  return { items: table.all(), looks };
}

function swept(resource: Resource, seenAt: number): Recheck {
  return { resource, seenAt, life: 'changed', why: 'sweep' };
}
