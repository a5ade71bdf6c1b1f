import { dynamoTable } from '../../shared/aws/own/table.ts';
import type { Baseline } from '../../shared/baseline/baseline.ts';
import type { ResourceState } from '../../shared/findings/finding.ts';
import { locator } from '../../shared/findings/locator.ts';
import { looker } from '../../shared/findings/look.ts';
import { readState } from '../../shared/findings/state-table.ts';
import { MINUTE } from '../../shared/runtime/clock.ts';
import { aSample } from '../support/samples.ts';
import { tableServer } from '../support/table-server.ts';
import { ACCOUNT, benchEstate, benchWorld, REGION } from './bench-estate.ts';
import type { Part } from './figure.ts';
import { median, quantile } from './statistics.ts';

const CONTROL = 'eks-control-plane-logging';
const CLUSTER = { kind: 'cluster', id: 'payments', account: ACCOUNT, region: REGION } as const;
const LOGS = ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'];

/** From an event in hand to its finding in the table: logging goes off and on again, so that each event is news. */
export async function warm(baseline: Baseline, quick: boolean): Promise<Part> {
  const rounds = quick ? 60 : 300;
  const server = await tableServer();
  const estate = await benchEstate();
  try {
    await server.create('findings');
    const table = dynamoTable('findings', server.calling);
    const { world, sent } = benchWorld(estate, table);
    const locate = locator(world, baseline, ACCOUNT);
    const look = looker(world, baseline);
    const times: number[] = [];
    for (let round = -10; round < rounds; round++) {
      const off = round % 2 === 0;
      estate.clock.now += 5 * MINUTE;
      estate.change({ clusters: { payments: { logging: { clusterLogging: [{ types: LOGS, enabled: !off }] } } } });
      const event = aSample('eks-UpdateClusterConfig', { eventID: `event-${round}` });
      sent.splice(0);
      const began = performance.now();
      await locate(event, estate.clock.now);
      for (const { recheck } of sent.splice(0)) await look(recheck);
      const time = performance.now() - began;
      const state = stateIn(await readState(table, CLUSTER));
      if (state !== (off ? 'open' : 'closed')) throw new Error(`The finding is ${state} after event ${round}.`);
      if (round >= 0) times.push(time);
    }
    return {
      figures: [
        { id: 'warm.median', what: 'event to stored finding, warm: median', value: median(times), unit: 'ms' },
        { id: 'warm.p99', what: 'event to stored finding, warm: p99', value: quantile(times, 0.99), unit: 'ms' },
      ],
      how: `${rounds} events, each of which opens or closes a finding: located, the cluster read over HTTP with all its facets, judged, written to dynalite over HTTP; queues in memory, all in one process.`,
    };
  } finally {
    await estate.stop();
    await server.stop();
  }
}

function stateIn(state: ResourceState | undefined): string {
  return state?.findings[CONTROL]?.state ?? 'absent';
}
