import { groupOf } from '../controls/catalogue.ts';
import type { AnyControl } from '../controls/define-control.ts';
import { findingId } from '../findings/acks.ts';
import type { Finding, ResourceState, State } from '../findings/finding.ts';
import type { Reported, ReportedControl, ReportedVerdict } from './report.ts';

const VERDICTS: Readonly<Record<State, ReportedVerdict>> = {
  open: 'fail',
  fixing: 'fail',
  unsure: 'unknown',
  waived: 'waived',
  closed: 'pass',
};

/** A finding of the table as reports have it. Pure. */
export function reportedOf(state: ResourceState, control: string, finding: Finding): Reported {
  const { kind, id, account, region, clusters, tags = {} } = state;
  const resource = { kind, id, account, region };
  const { state: now, severity, said, since, shows, firstSeen, cause, waiver, unread, plan, fix } = finding;
  const verdict = finding.closedBecause === 'not-applicable' ? 'not-applicable' : VERDICTS[now];
  const optional = { shows, firstSeen, cause, waiver, unread, plan, fix };
  const told = Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined));
  return {
    ...{ id: findingId(resource, control), control, verdict, severity, resource, clusters, tags, said },
    ...{ state: now, since },
    ...(told as Partial<Pick<Reported, 'shows'>>),
  };
}

/** A control as reports have it. Pure. */
export function reportedControl(control: AnyControl): ReportedControl {
  const { id, title, severity, why, howToFix, fix, references } = control;
  const notJudged = Object.values(control.notJudged ?? {}).join(' ');
  const group = groupOf(control);
  return { id, group, title, severity, why, howToFix, fix, references, ...(notJudged === '' ? {} : { notJudged }) };
}
