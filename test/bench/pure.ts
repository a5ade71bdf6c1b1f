import type { Baseline } from '../../shared/baseline/baseline.ts';
import { locate } from '../../shared/changes/locate.ts';
import { judge } from '../../shared/evaluation/judge.ts';
import { readSubject } from '../../shared/evaluation/read-subject.ts';
import { interestOf } from '../../shared/findings/interest.ts';
import { KINDS, kindOf } from '../../shared/resources/kinds.ts';
import type { Use } from '../../shared/resources/resource.ts';
import { estateOf } from '../support/estate.ts';
import { aSample, SAMPLE_NAMES } from '../support/samples.ts';
import { ACCOUNT, type BenchEstate, benchEstate, REGION } from './bench-estate.ts';
import type { Part } from './figure.ts';
import { median } from './statistics.ts';

/** What needs no AWS and no table, on one core. */
export async function pure(baseline: Baseline, quick: boolean): Promise<Part> {
  const estate = await benchEstate();
  try {
    const rounds = quick ? 5 : 15;
    const benches = await subjectsOf(estate, baseline);
    const now = new Date(estate.clock.now);
    const verdicts = perSecond(rounds, benches.length, () => {
      for (const { rule, subject } of benches) judge(rule, subject, now);
    });
    const controls = new Set(benches.map(({ rule }) => rule.control.id)).size;
    const events = SAMPLE_NAMES.map((name) => aSample(name));
    const locating = { kinds: KINDS, watched: interestOf(baseline).events, receivedAt: estate.clock.now };
    const located = perSecond(rounds, events.length, () => {
      for (const event of events) locate(event, locating);
    });
    return {
      figures: [
        { id: 'pure.verdicts', what: `judging, ${controls} controls in turn`, value: verdicts, unit: 'per s' },
        { id: 'pure.events', what: `locating, ${events.length} events in turn`, value: located, unit: 'per s' },
      ],
      how: `Medians of ${rounds} rounds of 200 ms each after a warm-up, in processor time of all threads; every rule of each resource of a healthy account, and every sample event.`,
      details: { controls, rules: benches.length },
    };
  } finally {
    await estate.stop();
  }
}

/** Every resource of the account as read, with each rule that holds for it. */
async function subjectsOf({ session }: BenchEstate, baseline: Baseline) {
  const batch = session.batch();
  const all = await Promise.all(
    estateOf(ACCOUNT, REGION).map(async (resource) => {
      const kind = kindOf(resource.kind);
      const by = { kind: 'cluster', id: 'payments', account: ACCOUNT, region: REGION } as const;
      const usedBy: Use[] = [{ by, as: ['cluster'], clusters: ['payments'] }];
      const reader = batch.reader(resource.account, resource.region);
      const read = await readSubject(kind, resource, reader, new Set(Object.keys(kind.facets)), usedBy);
      if (read.outcome !== 'found') throw new Error(`${resource.kind} ${resource.id} is ${read.outcome}.`);
      const rules = baseline.rules(kind.kind, { resource, clusters: ['payments'], tags: {} });
      return rules.map((rule) => ({ rule, subject: read.subject }));
    }),
  );
  return all.flat();
}

/** How many things in a second of processor time, whatever else the machine does: rounds of 200 ms, the first three thrown away. */
function perSecond(rounds: number, each: number, run: () => void): number {
  const rates: number[] = [];
  for (let round = -3; round < rounds; round++) {
    const before = process.cpuUsage();
    const began = performance.now();
    let done = 0;
    while (performance.now() - began < 200) {
      for (let i = 0; i < 20; i++) run();
      done += 20 * each;
    }
    const { user, system } = process.cpuUsage(before);
    if (round >= 0) rates.push((done / (user + system)) * 1e6);
  }
  return median(rates);
}
