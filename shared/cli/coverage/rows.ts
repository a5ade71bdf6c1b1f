import type { Baseline } from '../../baseline/baseline.ts';
import { CATALOGUE } from '../../controls/catalogue.ts';
import { type AnyControl, kindsOf } from '../../controls/define-control.ts';
import type { Report, Reported } from '../../reports/report.ts';
import type { KindName } from '../../resources/resource.ts';

/** One control on one kind of resource. */
export interface CoverageRow {
  control: string;
  kind: KindName;
  /** `not enabled` by the baseline; `enabled` where no report was asked; otherwise what the report shows. */
  status: 'enabled' | 'not enabled' | 'judged' | 'unknown' | 'not applicable' | 'none there';
  /** Resources with a pass or a fail, waived ones among them. */
  judged: number;
  unknown: number;
  notApplicable: number;
  /** Why something is unknown, each once. */
  why: readonly string[];
  /** Permissions that are missing. */
  missing: readonly string[];
}

/** Every control of the catalogue on every kind that it judges. */
export function coverageRows({ controls: on }: Pick<Baseline, 'controls'>, report: Report | undefined): CoverageRow[] {
  return CATALOGUE.flatMap((control) =>
    kindsOf(control).map((kind) => {
      if (report !== undefined) return rowIn(report, control, kind, on.includes(control));
      return { ...nothing(control, kind), status: on.includes(control) ? 'enabled' : 'not enabled' };
    }),
  );
}

function nothing({ id }: AnyControl, kind: KindName): CoverageRow {
  return { control: id, kind, status: 'enabled', judged: 0, unknown: 0, notApplicable: 0, why: [], missing: [] };
}

/** A kind that could not be listed is unknown, however much else of it was seen. */
function rowIn(report: Report, control: AnyControl, kind: KindName, isOn: boolean): CoverageRow {
  const own = report.verdicts.filter((each) => each.control === control.id && each.resource.kind === kind);
  const unlisted = report.scopes.flatMap(({ unread }) => unread.filter((each) => each.kind === kind));
  const count = (...verdicts: readonly Reported['verdict'][]) =>
    own.filter(({ verdict }) => verdicts.includes(verdict)).length;
  const unread = [
    ...own.flatMap((each) => (each.verdict === 'unknown' && each.unread ? [each.unread] : [])),
    ...unlisted,
  ];
  const [judged, unknown, notApplicable] = [count('fail', 'pass', 'waived'), count('unknown'), count('not-applicable')];
  const isSeen = own.length > 0 || isOn;
  return {
    control: control.id,
    kind,
    status: isSeen ? statusOf({ judged, unknown: unknown + unlisted.length, notApplicable }) : 'not enabled',
    judged,
    unknown,
    notApplicable,
    why: isSeen ? [...new Set(unread.map(({ why }) => why))].sort() : [],
    missing: isSeen ? [...new Set(unread.flatMap(({ missing }) => missing ?? []))].sort() : [],
  };
}

function statusOf({ judged, unknown, notApplicable }: Pick<CoverageRow, 'judged' | 'unknown' | 'notApplicable'>) {
  if (unknown > 0) return 'unknown';
  if (judged > 0) return 'judged';
  return notApplicable > 0 ? 'not applicable' : 'none there';
}
