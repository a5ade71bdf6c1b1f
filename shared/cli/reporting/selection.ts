import type { Baseline } from '../../baseline/baseline.ts';
import { didYouMean } from '../../baseline/suggest.ts';
import { CATALOGUE } from '../../controls/catalogue.ts';
import { type AnyControl, type Message, SEVERITIES, type Severity } from '../../controls/define-control.ts';
import type { Report, Reported, ReportedControl } from '../../reports/report.ts';
import { KIND_NAMES, type KindName } from '../../resources/resource.ts';
import { UserMistake } from '../../runtime/errors.ts';

/** As they are written after `--framework`, each with where a control keeps its ids of it. */
export const FRAMEWORKS = { cis: 'cis', 'security-hub': 'securityHub', nist: 'nist', pci: 'pci' } as const;
export type Framework = keyof typeof FRAMEWORKS;

/** What a person narrows a report to; what is absent narrows nothing. */
export interface Selection {
  controls?: readonly string[];
  excludeControls?: readonly string[];
  severities?: readonly Severity[];
  frameworks?: readonly Framework[];
  kinds?: readonly KindName[];
  clusters?: readonly string[];
}

/** Options as they were typed: repeated, or with commas in between. */
export interface SelectionOptions {
  controls?: readonly string[];
  excludeControls?: readonly string[];
  severity?: readonly string[];
  framework?: readonly string[];
  kinds?: readonly string[];
  clusters?: readonly string[];
}

/** Throws a `UserMistake` for a word that is not known, with the one that was likely meant. */
export function selectionOf(options: SelectionOptions): Selection {
  const ids = CATALOGUE.map(({ id }) => id);
  const { controls, excludeControls, severity, framework, kinds, clusters } = options;
  return {
    ...(controls && { controls: known('control', controls, ids) }),
    ...(excludeControls && { excludeControls: known('control', excludeControls, ids) }),
    ...(severity && { severities: known('severity', severity, SEVERITIES) }),
    ...(framework && { frameworks: known('framework', framework, Object.keys(FRAMEWORKS) as Framework[]) }),
    ...(kinds && { kinds: known('kind', kinds, KIND_NAMES) }),
    ...(clusters && { clusters }),
  };
}

function known<Word extends string>(what: string, given: readonly string[], words: readonly Word[]): Word[] {
  return given.map((each) => {
    const word = words.find((one) => one === each);
    if (word !== undefined) return word;
    throw new UserMistake(`There is no ${what} ${JSON.stringify(each)}.${didYouMean(each, words)}`);
  });
}

/** The baseline with nothing but what was selected, so that nothing else is read. Throws where nothing is left. */
export function narrowed(baseline: Baseline, selection: Selection): Baseline {
  const controls = baseline.controls.flatMap((control) => controlIn(control, selection));
  if (controls.length === 0) throw nothingLeft();
  const left = new Map(controls.map((control) => [control.id, control]));
  return {
    ...baseline,
    controls,
    rules: (kind, where) =>
      baseline.rules(kind, where).flatMap((rule) => {
        const control = left.get(rule.control.id);
        return control?.resources.some((each) => each.kind === kind) ? [{ ...rule, control }] : [];
      }),
  };
}

function nothingLeft(): UserMistake {
  return new UserMistake(
    'No control that is on is left by --controls, --severity, --framework and --kinds: ask for more.',
  );
}

/** The same report with nothing but what was selected, as if nothing else had been judged. Throws where nothing is left. */
export function selectedOf(report: Report, selection: Selection): Report {
  if (Object.values(selection).every((each) => each === undefined)) return report;
  const kinds = new Map(report.controls.flatMap((control) => kindsLeft(control, selection)));
  if (kinds.size === 0) throw nothingLeft();
  const listed = new Set(['all', ...[...kinds.values()].flat()]);
  return {
    ...report,
    scopes: report.scopes.map((scope) => ({ ...scope, unread: scope.unread.filter(({ kind }) => listed.has(kind)) })),
    controls: report.controls.filter(({ id }) => kinds.has(id)),
    verdicts: report.verdicts.filter(
      (each) => kinds.get(each.control)?.includes(each.resource.kind) && isSelected(each, selection),
    ),
  };
}

/** A control by its id with the kinds that are left of it; none where it was not meant, or is of another catalogue. */
function kindsLeft({ id }: ReportedControl, selection: Selection): [string, readonly string[]][] {
  const control = CATALOGUE.find((each) => each.id === id);
  const left = control === undefined ? [] : controlIn(control, selection);
  return left.map(({ resources }) => [id, resources.map(({ kind }) => kind)]);
}

function controlIn(control: AnyControl, selection: Selection): AnyControl[] {
  const { controls, excludeControls, severities, frameworks, kinds } = selection;
  const isMeant =
    (controls?.includes(control.id) ?? true) &&
    !excludeControls?.includes(control.id) &&
    (frameworks?.some((each) => (control.references[FRAMEWORKS[each]] ?? []).length > 0) ?? true) &&
    (severities?.some((each) => severitiesOf(control).includes(each)) ?? true);
  if (!isMeant) return [];
  const resources = control.resources.filter(({ kind }) => kinds?.includes(kind) ?? true);
  return resources.length === 0 ? [] : [{ ...control, resources }];
}

/** Of all that it may say. A baseline may set another, which is looked at once it is judged. */
function severitiesOf(control: AnyControl): Severity[] {
  const messages = Object.values(control.messages as Record<string, Message>);
  return [control.severity, ...messages.flatMap((each) => (typeof each === 'string' ? [] : [each.severity]))];
}

/** Whether a verdict belongs to what was selected: severity and clusters are known only once it was judged. */
export function isSelected(
  { severity, clusters }: Pick<Reported, 'severity' | 'clusters'>,
  wanted: Selection,
): boolean {
  return (
    (wanted.severities?.includes(severity) ?? true) &&
    (wanted.clusters?.some((cluster) => clusters.includes(cluster)) ?? true)
  );
}
