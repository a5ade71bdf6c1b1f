import type { ImageFinding } from '../resources/image-scan.ts';

const DAY = 86_400_000;

export interface Terms {
  slaCritical: number;
  slaHigh: number;
  minSeverity: 'critical' | 'high';
  ignoreUnfixed: boolean;
  accepted: readonly { cve: string; repository: string; until: string }[];
}

export interface Scanned {
  /** The image's repository. */
  repository: string;
  /** When it was pushed: the best there is for a finding without a date of its own. */
  pushed: Date | undefined;
  findings: readonly ImageFinding[];
}

/** Names of the vulnerabilities that are open past their time, by severity; undefined where an age cannot be told. */
export function overdue(
  { repository, pushed, findings }: Scanned,
  terms: Terms,
  now: Date,
): { critical: string[]; high: string[] } | undefined {
  const late = (severity: 'CRITICAL' | 'HIGH', days: number) => {
    const open = findings.filter(
      (each) => each.severity === severity && isPressing(each, terms) && !isAccepted(each.name, repository, terms, now),
    );
    if (open.some(({ firstObserved }) => !firstObserved && !pushed)) return undefined;
    const before = now.getTime() - days * DAY;
    const past = open.filter(({ firstObserved }) => (firstObserved ?? pushed ?? now).getTime() < before);
    return [...new Set(past.map(({ name }) => name))].sort();
  };
  const critical = late('CRITICAL', terms.slaCritical);
  const high = terms.minSeverity === 'critical' ? [] : late('HIGH', terms.slaHigh);
  return critical && high && { critical, high };
}

/** What cannot be fixed may be left aside, unless it is known to be exploited. A basic scan does not tell: it counts. */
function isPressing({ fixAvailable, exploitAvailable }: ImageFinding, { ignoreUnfixed }: Terms): boolean {
  return !ignoreUnfixed || fixAvailable !== 'NO' || exploitAvailable === 'YES';
}

/** To the end of its last day in UTC. */
function isAccepted(cve: string, repository: string, { accepted }: Terms, now: Date): boolean {
  return accepted.some(
    (each) =>
      each.cve === cve && each.repository === repository && now.getTime() < Date.parse(`${each.until}T00:00:00Z`) + DAY,
  );
}

/** The first few, and how many more there are. */
export function some(names: readonly string[]): string {
  const MOST = 5;
  const more = names.length - MOST;
  return names.slice(0, MOST).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
