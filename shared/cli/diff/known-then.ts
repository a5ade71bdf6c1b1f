import type { Table } from '../../aws/world.ts';
import type { Cause } from '../../changes/change.ts';
import type { Finding, State } from '../../findings/finding.ts';
import { reportedIn } from '../../reports/of-state.ts';
import type { Report, Reported } from '../../reports/report.ts';
import { keyOf } from '../../resources/resource.ts';
import { eachAtOnce } from '../reporting/at-once.ts';

/** A step of a finding, as its history keeps it. */
interface Kept {
  control: string;
  at: number;
  from: State;
  to: State;
  finding: Finding;
}

/** Histories that are read beside each other. */
const AT_ONCE = 25;

export interface KnownThen {
  report: Report;
  /** By finding: the change that took its resource away, where that is known. */
  ended: ReadonlyMap<string, Cause>;
}

/**
 * The report of a sweep, which lists only what is not in order, with what was known then of everything that the other
 * lists: its last step until then, or how it was before its first step since. What is gone stays out.
 */
export async function knownThen(table: Table, report: Report, other: Report): Promise<KnownThen> {
  const own = new Set(report.verdicts.map(({ id }) => id));
  const missing = other.verdicts.filter(({ id }) => !own.has(id));
  const byResource = [...Map.groupBy(missing, ({ resource }) => keyOf(resource))];
  const found: Reported[] = [];
  const ended = new Map<string, Cause>();
  await eachAtOnce(byResource, AT_ONCE, async ([key, listed]) => {
    const steps = (await table.query(key, { prefix: 'history#' })) as unknown as Kept[];
    for (const each of listed) {
      const then = findingThen(each, steps, report.at);
      const reported = then === undefined ? [] : asReported(each, then);
      found.push(...reported);
      if (reported.length === 0 && then?.cause !== undefined) ended.set(each.id, then.cause);
    }
  });
  return { report: { ...report, verdicts: [...report.verdicts, ...found] }, ended };
}

function findingThen({ control }: Reported, all: readonly Kept[], at: number): Finding | undefined {
  const steps = all.filter((step) => step.control === control);
  return steps.findLast((step) => step.at <= at)?.finding ?? inOrderBefore(steps[0]);
}

function asReported({ resource, clusters, tags, control }: Reported, then: Finding): Reported[] {
  return reportedIn({ ...resource, clusters, tags, findings: { [control]: then } }, true);
}

/** A first pass is no step: that it was judged before shows in what it showed. */
function inOrderBefore(first: Kept | undefined): Finding | undefined {
  const shown = first?.finding.before;
  if (first === undefined || first.from !== 'closed' || shown === undefined) return undefined;
  return {
    state: 'closed',
    closedBecause: 'passes',
    severity: first.finding.severity,
    said: [],
    shows: shown,
    since: 0,
  };
}
