import { writeFileSync } from 'node:fs';
import type { Baseline } from '../../shared/baseline/baseline.ts';
import { ASSUMED, type CostLine, costOfEvents, dollarsOf } from '../../shared/reports/cost.ts';
import { costOfMonth } from '../../shared/reports/month.ts';
import type { Figure, Part } from './figure.ts';
import { MEASURED, measure } from './measured.ts';

const HOW =
  `Computed from counted calls and AWS's list prices in us-east-1, without free tiers; assumed are ${ASSUMED.awsRead} ms for an answer of AWS, ` +
  `${ASSUMED.ownCall} ms for one of our own table and queues, and that ${ASSUMED.newsworthy * 100} % of the events open or close something.`;

const ESTATES = [
  { clusters: 5, events: 50_000 },
  { clusters: 100, events: 1_000_000 },
] as const;

/** `keep`: what was counted is written down for `npx eks-warden cost`. */
export async function cost(baseline: Baseline, keep = false): Promise<Part> {
  const measured = await measure(baseline);
  if (keep) writeFileSync(MEASURED, `${JSON.stringify(measured, null, 2)}\n`);
  const { event: work, functions } = measured;
  const alone = costOfEvents(1e6, work, functions, 0);
  const together = costOfEvents(1e6, work, functions, 0, { ...ASSUMED, batch: 5 });
  const months = ESTATES.map((estate) => ({ ...estate, lines: costOfMonth(estate, measured) }));
  const figures = [
    dollars('cost.million', '1,000,000 relevant events, each by itself', alone),
    dollars('cost.million-in-bursts', '… five at a time, as in a deployment', together),
    dollars('cost.forwarded', '… more, where they come from another region or account', [
      ...costOfEvents(1e6, work, functions, 1).slice(0, 1),
    ]),
    ...months.map(({ clusters, events, lines }) =>
      dollars(
        `cost.month-${clusters}`,
        `a month of ${clusters} clusters, ${events.toLocaleString('en-GB')} events`,
        lines,
      ),
    ),
  ];
  return { figures, how: HOW, details: { measured, alone, together, months } };
}

function dollars(id: string, what: string, lines: readonly CostLine[]): Figure {
  return { id, what, value: dollarsOf(lines), unit: '$' };
}
