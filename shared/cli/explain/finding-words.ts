import { CATALOGUE } from '../../controls/catalogue.ts';
import { utc } from '../../notices/time.ts';
import { byWhom, who } from '../../notices/who.ts';
import { waiverEntry } from '../waive/entry.ts';
import type { Explained, Step } from './explained.ts';

const STATES = { open: 'open', unsure: 'not readable', fixing: 'being fixed', waived: 'waived', closed: 'in order' };
const CLOSED = {
  passes: 'it passes',
  'not-applicable': 'it no longer applies',
  deleted: 'the resource was deleted',
  unused: 'nothing that is watched uses it any more',
  retired: 'the baseline no longer has the control',
  quiet: 'it was not seen again',
};
const VERDICTS = {
  fail: 'It fails.',
  unknown: 'It could not be judged.',
  waived: 'It fails, and that is accepted.',
  pass: 'It is in order.',
  'not-applicable': 'It does not apply here.',
};

/** What is wrong, or that nothing is: sentences. */
export function verdictWords({ reported: { verdict, said, unread } }: Explained): string[] {
  const missing =
    unread?.missing === undefined
      ? []
      : [`The permission ${unread.missing} is missing: grant it to the role that reads.`];
  return [
    VERDICTS[verdict],
    ...said.map(({ text, severity }) => `${severity}: ${text}`),
    ...(unread ? [unread.why] : []),
    ...missing,
  ];
}

export type Labelled = readonly (readonly [label: string, text: string | undefined])[];

export function evidence({ reported, control, before, closedBecause, at, source }: Explained): Labelled {
  const { shows, state, since, firstSeen, waiver, fix } = reported;
  const why = state === 'closed' && closedBecause !== undefined ? ` (${CLOSED[closedBecause]})` : '';
  const read = { scan: 'by a scan', snapshot: 'by the scan that made the snapshot', table: 'by eks-warden' }[source];
  return [
    ['Expected', `${control.title}.`],
    ['Found', shows],
    ['Before', before],
    [
      'State',
      state === undefined ? undefined : `${STATES[state]}${why}${since === undefined ? '' : `, since ${utc(since)}`}`,
    ],
    ['First seen', firstSeen === undefined ? undefined : utc(firstSeen)],
    ['Looked at', `${utc(at)}, ${read}`],
    [
      'Waived',
      waiver &&
        `until ${waiver.until} by ${waiver.approvedBy}: ${waiver.reason}${waiver.ticket ? ` (${waiver.ticket})` : ''}`,
    ],
    ['Fix', fix && `${fix.status}${fix.why ? `: ${fix.why}` : ''}`],
    ['Not judged', Object.values(control.notJudged ?? {}).join(' ')],
  ];
}

/** Who, when and from where; what never came by an event says so. */
export function culprit({ reported: { cause }, source }: Explained): Labelled {
  if (cause === undefined && source !== 'table') return [];
  return who(cause).map(({ label, text }) => [label, text] as const);
}

/** One line a step, the oldest first. */
export function stepWords({ at, from, to, cause, closedBecause }: Step): string {
  const by = cause === undefined ? 'found by a look' : `${cause.event} by ${byWhom(cause.actor)}`;
  const why = closedBecause === undefined ? '' : `: ${CLOSED[closedBecause]}`;
  return `${utc(at)}: ${STATES[from]} → ${STATES[to]}${why} (${by})`;
}

/** Who has it; nothing where nobody said so. */
export function ackWords({ ack }: Pick<Explained, 'ack'>): string[] {
  if (ack === undefined) return [];
  return [`${utc(ack.at)}: taken on by ${ack.by}${ack.note === undefined ? '' : `: ${ack.note}`}`];
}

/** The lines for `baseline.yml` that would accept it; empty where there is nothing to accept. */
export function acceptance({ reported: { verdict, id, resource }, control }: Explained, now: number): string[] {
  if (verdict !== 'fail' || !CATALOGUE.includes(control)) return [];
  return waiverEntry(id, resource, control.id, now);
}
