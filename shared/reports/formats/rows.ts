import type { Report, Reported, ReportedControl } from '../report.ts';
import { isoOf } from '../times.ts';

/** One verdict with its control: what every format makes a line, a case or an event of. */
export interface Row {
  reported: Reported;
  control: ReportedControl;
}

/** In the report's order. A verdict whose control the report does not describe keeps its place under its bare id. */
export function rowsOf({ verdicts, controls }: Pick<Report, 'verdicts' | 'controls'>): Row[] {
  const byId = new Map(controls.map((control) => [control.id, control]));
  return verdicts.map((reported) => ({ reported, control: byId.get(reported.control) ?? nameless(reported) }));
}

function nameless({ control, severity }: Reported): ReportedControl {
  return {
    id: control,
    group: '',
    title: control,
    severity,
    why: '',
    howToFix: '',
    fix: 'none',
    references: {},
  };
}

/** What the verdict says, in one sentence or more; empty where there is nothing to add to the verdict itself. */
export function sentenceOf({ verdict, said, shows, unread }: Reported): string {
  if (verdict === 'unknown') return unread === undefined ? 'It could not be judged.' : whyUnread(unread);
  if (verdict === 'fail' || verdict === 'waived') return said.map(({ text }) => text).join(' ');
  return shows ?? '';
}

/** Why something could not be read, and what would mend it. */
export function whyUnread({ why, missing }: { why: string; missing?: string }): string {
  return missing === undefined ? why : `${why} The permission ${missing} is missing.`;
}

/** `by ada@example.com with cli from 198.51.100.23 (eks:UpdateClusterConfig, 2026-11-20T16:42:10.000Z)`; empty where nobody knows. */
export function causeOf({ cause }: Reported): string {
  if (cause === undefined) return '';
  const { actor, event, time } = cause;
  const from = actor.address === undefined ? '' : ` from ${actor.address}`;
  return `by ${actor.person ?? actor.principal} with ${actor.channel}${from} (${event}, ${isoOf(time)})`;
}

/** `Waived until 2027-01-31 by grace@example.com: Moved behind … (SEC-1042)`; empty where it is not. */
export function waiverOf({ waiver }: Reported): string {
  if (waiver === undefined) return '';
  const ticket = waiver.ticket === undefined ? '' : ` (${waiver.ticket})`;
  return `Waived until ${waiver.until} by ${waiver.approvedBy}: ${waiver.reason}${ticket}`;
}

/** Every external id that the control answers to, such as `CIS EKS 5.4.1`; in the order of the sources. */
export function requirementsOf({ references }: ReportedControl): string[] {
  const { cis = [], securityHub = [], nist = [], pci = [] } = references;
  return [
    ...cis.map((id) => `CIS EKS ${id}`),
    ...securityHub.map((id) => `Security Hub ${id}`),
    ...nist.map((id) => `NIST 800-53 ${id}`),
    ...pci.map((id) => `PCI DSS ${id}`),
  ];
}
