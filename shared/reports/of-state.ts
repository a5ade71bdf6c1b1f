import { groupOf } from '../controls/catalogue.ts';
import type { AnyControl } from '../controls/define-control.ts';
import { findingId } from '../findings/acks.ts';
import type { ClosedBecause, Finding, ResourceState, State } from '../findings/finding.ts';
import type { Reported, ReportedControl, ReportedVerdict } from './report.ts';

const VERDICTS: Readonly<Record<Exclude<State, 'closed'>, ReportedVerdict>> = {
  open: 'fail',
  fixing: 'fail',
  unsure: 'unknown',
  waived: 'waived',
};
const CLOSED: Readonly<Record<ClosedBecause, ReportedVerdict>> = {
  ...{ passes: 'pass', quiet: 'pass' },
  ...{ 'not-applicable': 'not-applicable', deleted: 'not-applicable', unused: 'not-applicable' },
  retired: 'not-applicable',
};
/** Nothing is there, or judged, any more that a verdict could be of. */
const OVER: readonly (ClosedBecause | undefined)[] = ['deleted', 'unused', 'retired', undefined];

/** Of a resource's item what a report takes. */
export type Known = Pick<
  ResourceState,
  'kind' | 'id' | 'account' | 'region' | 'clusters' | 'tags' | 'gone' | 'findings'
>;

/** Everything that is known of one resource; nothing where it is gone. `kept` adds what only a table that is kept can know. Pure. */
export function reportedIn(state: Known, kept: boolean): Reported[] {
  if (state.gone !== undefined) return [];
  return Object.entries(state.findings).flatMap(([control, finding]) =>
    isOver(finding) ? [] : [reportedOf(state, control, finding, kept)],
  );
}

/** One finding as reports have it, over or not. Pure. */
export function reportedOf(state: Omit<Known, 'findings'>, control: string, finding: Finding, kept = true): Reported {
  const { kind, id, account, region, clusters, tags = {} } = state;
  const resource = { kind, id, account, region };
  const verdict = verdictOf(finding);
  return {
    id: findingId(resource, control),
    ...{ control, verdict, severity: finding.severity, resource, clusters, tags },
    ...saidOf(finding, verdict),
    ...(kept ? historyOf(finding) : {}),
  };
}

function isOver({ state, closedBecause, unreadSince }: Finding): boolean {
  return state === 'closed' && unreadSince === undefined && OVER.includes(closedBecause);
}

/** What was in order and can no longer be read is unknown; what failed still fails, until a read says otherwise. */
function verdictOf({ state, closedBecause, unreadSince }: Finding): ReportedVerdict {
  if (state !== 'closed') return VERDICTS[state];
  if (unreadSince !== undefined) return 'unknown';
  return CLOSED[closedBecause ?? 'retired'];
}

/** What a closed finding once said is over. */
function saidOf({ said, shows, unread, waiver, plan }: Finding, verdict: ReportedVerdict) {
  return {
    said: verdict === 'fail' || verdict === 'waived' ? said : [],
    ...(shows === undefined ? {} : { shows }),
    ...(unread ? { unread } : {}),
    ...(waiver ? { waiver } : {}),
    ...(plan ? { plan } : {}),
  };
}

function historyOf({ state, firstSeen, since, cause, fix }: Finding): Partial<Reported> {
  return {
    ...{ state, since },
    ...(firstSeen === undefined ? {} : { firstSeen }),
    ...(cause ? { cause } : {}),
    ...(fix ? { fix } : {}),
  };
}

/** A control as reports have it. Pure. */
export function reportedControl(control: AnyControl): ReportedControl {
  const { id, title, severity, why, howToFix, fix, references } = control;
  const notJudged = Object.values(control.notJudged ?? {}).join(' ');
  const group = groupOf(control);
  return { id, group, title, severity, why, howToFix, fix, references, ...(notJudged === '' ? {} : { notJudged }) };
}
