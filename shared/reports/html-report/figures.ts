import { SEVERITIES, type Severity } from '../../controls/define-control.ts';
import type { Answered, Framework } from '../frameworks/index.ts';
import type { Report, Reported, ReportedControl, ReportedVerdict } from '../report.ts';

/** A report, with the passes that are only counted, by control: those of a sweep are not among its verdicts. */
export interface Counted extends Report {
  passed?: Readonly<Record<string, number>>;
}

/** How many verdicts of each sort. */
export type Counts = Readonly<Record<ReportedVerdict, number>>;

export function countsOf(verdicts: readonly Pick<Reported, 'verdict'>[]): Counts {
  const counts = { fail: 0, unknown: 0, waived: 0, pass: 0, 'not-applicable': 0 };
  for (const { verdict } of verdicts) counts[verdict]++;
  return counts;
}

/** Of the whole report. */
export function totals(report: Counted): Counts {
  return sumOf(byControl(report).map(({ counts }) => counts));
}

/** What was to be judged and could have failed: all but what does not apply. */
export function judgeable({ fail, unknown, waived, pass }: Counts): number {
  return fail + unknown + waived + pass;
}

/** The share in order in whole percent, rounded down: nothing but everything in order is 100. Undefined where there is nothing. */
export function percentInOrder(counts: Counts): number | undefined {
  const all = judgeable(counts);
  return all === 0 ? undefined : Math.floor((counts.pass * 100) / all);
}

/** Everything but passes and what does not apply, which are counted only. */
export function findingsOf({ verdicts }: Report): Reported[] {
  return verdicts.filter(({ verdict }) => verdict === 'fail' || verdict === 'unknown' || verdict === 'waived');
}

/** Passes of controls that leave something of their catalogue entry unjudged. */
export function passedInPart(report: Counted): number {
  return byControl(report).reduce((sum, { of, counts }) => (of.notJudged === undefined ? sum : sum + counts.pass), 0);
}

export interface Row<Of> {
  of: Of;
  counts: Counts;
}

/** Of the severities that occur, the worst first. */
export function bySeverity(report: Report): Row<Severity>[] {
  const found = Map.groupBy(findingsOf(report), ({ severity }) => severity);
  return SEVERITIES.flatMap((of) => {
    const verdicts = found.get(of);
    return verdicts === undefined ? [] : [{ of, counts: countsOf(verdicts) }];
  });
}

/** Every control of the report, in its order, whether or not it judged anything. */
export function byControl({ controls, verdicts, passed = {} }: Counted): Row<ReportedControl>[] {
  const found = Map.groupBy(verdicts, ({ control }) => control);
  return controls.map((of) => {
    const counts = countsOf(found.get(of.id) ?? []);
    return { of, counts: { ...counts, pass: counts.pass + (passed[of.id] ?? 0) } };
  });
}

export function byGroup(report: Counted): Row<string>[] {
  return [...Map.groupBy(byControl(report), ({ of }) => of.group)]
    .map(([of, rows]) => ({ of, counts: sumOf(rows.map(({ counts }) => counts)) }))
    .filter(({ counts }) => judgeable(counts) > 0)
    .sort((a, b) => compare(a.of, b.of));
}

export interface ClusterRow {
  account: string;
  name: string;
  counts: Counts;
  /** Failing ones by severity. */
  failing: Readonly<Record<Severity, number>>;
}

/** Every cluster that a verdict concerns, the one with the most severe failures first. What several share counts for each. */
export function byCluster({ verdicts }: Report): ClusterRow[] {
  const found = new Map<string, { account: string; name: string; some: Reported[] }>();
  for (const verdict of verdicts) {
    for (const name of clustersOf(verdict)) {
      const { account } = verdict.resource;
      const key = `${account}#${name}`;
      const known = found.get(key) ?? { account, name, some: [] };
      known.some.push(verdict);
      found.set(key, known);
    }
  }
  return [...found.values()]
    .map(({ account, name, some }) => ({ account, name, counts: countsOf(some), failing: failingBySeverity(some) }))
    .sort(worstClusterFirst);
}

export function failingBySeverity(verdicts: readonly Reported[]): Record<Severity, number> {
  const counts = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
  for (const { verdict, severity } of verdicts) if (verdict === 'fail') counts[severity]++;
  return counts;
}

/** The clusters that it concerns; a cluster concerns itself. */
export function clustersOf({ resource, clusters }: Pick<Reported, 'resource' | 'clusters'>): ReadonlySet<string> {
  return new Set(resource.kind === 'cluster' ? [...clusters, resource.id] : clusters);
}

/** One requirement of a framework, and what the controls of this report say of it. */
export interface RequirementRow extends Answered {
  /** Those of the report; none where nobody judged it here. */
  judgedBy: readonly ReportedControl[];
  counts: Counts;
}

export function byRequirement(report: Counted, { requirements }: Framework): RequirementRow[] {
  const rows = new Map(byControl(report).map((row) => [row.of.id, row]));
  return requirements.map((requirement) => {
    const found = requirement.controls.flatMap((id) => rows.get(id) ?? []);
    return { ...requirement, judgedBy: found.map(({ of }) => of), counts: sumOf(found.map(({ counts }) => counts)) };
  });
}

/** By the numbers in a text where it has some: 2.1.2 comes before 2.1.10. */
export function compare(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}

function sumOf(some: readonly Counts[]): Counts {
  const sum = { ...countsOf([]) };
  for (const counts of some) for (const verdict of VERDICT_NAMES) sum[verdict] += counts[verdict];
  return sum;
}
const VERDICT_NAMES = ['fail', 'unknown', 'waived', 'pass', 'not-applicable'] as const;

function worstClusterFirst(a: ClusterRow, b: ClusterRow): number {
  for (const severity of SEVERITIES) {
    const more = b.failing[severity] - a.failing[severity];
    if (more !== 0) return more;
  }
  return b.counts.unknown - a.counts.unknown || compare(a.name, b.name) || compare(a.account, b.account);
}
