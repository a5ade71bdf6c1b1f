import type { Baseline } from '../../baseline/baseline.ts';
import type { IgnoredReason } from '../../changes/change.ts';
import { envelopeOf } from '../../changes/envelope.ts';
import { locate } from '../../changes/locate.ts';
import { interestOf } from '../../findings/interest.ts';
import { text } from '../../resources/json.ts';
import { KINDS } from '../../resources/kinds.ts';
import { concerned } from './concerned.ts';
import { readRecords, timeOf } from './records.ts';
import type { Counts, LocatedEvent, LookAtSnapshot, Teller } from './replayed.ts';

export interface Replay {
  files: readonly string[];
  baseline: Baseline;
  teller: Teller;
  /** With a snapshot, what was touched is judged as it shows it. */
  snapshot?: { file: string; look: LookAtSnapshot };
}

export interface Outcome extends Counts {
  errors: number;
  /** Records that are events, whatever came of them. */
  understood: number;
  /** Severities of the findings that are open. */
  open: readonly string[];
  /** Verdicts that could not be given. */
  unknown: number;
}

/** Feeds recorded events through the same steps as the deployed functions, file after file, and writes nowhere. */
export async function replay({ files, baseline, teller, snapshot }: Replay): Promise<Outcome> {
  const outcome: Outcome = { events: 0, ignored: {}, errors: 0, understood: 0, open: [], unknown: 0 };
  const located: LocatedEvent[] = [];
  const take = taker(baseline, teller, outcome, snapshot ? (event) => located.push(event) : () => {});
  for (const file of files) {
    await readRecords(file, (entry, index) => {
      if (index !== null) outcome.events++;
      if ('record' in entry) {
        if (take(entry.record) !== 'not an event') outcome.understood++;
        return;
      }
      outcome.errors++;
      teller.error({ file, record: index, problem: entry.problem });
    });
  }
  const seen = snapshot
    ? await snapshot.look(located, snapshot.file, baseline)
    : { verdicts: [], findings: [], notices: [] };
  outcome.open = seen.findings.filter(({ state }) => state === 'open').map(({ severity }) => severity);
  outcome.unknown = seen.verdicts.filter((each) => text(each, 'verdict') === 'unknown').length;
  teller.end({ events: outcome.events, ignored: outcome.ignored }, seen);
  return outcome;
}

function taker(baseline: Baseline, teller: Teller, { ignored }: Counts, keep: (event: LocatedEvent) => void) {
  const interest = interestOf(baseline);
  const take = (record: unknown): IgnoredReason | undefined => {
    const envelope = isEnvelope(record) ? record : envelopeOf(record);
    const event = locate(envelope, { kinds: KINDS, watched: interest.events, receivedAt: timeOf(record) });
    if ('ignored' in event) return event.ignored;
    const { rechecks, sightings } = concerned(event, interest, baseline);
    if (rechecks.length === 0 && sightings.length === 0) return 'touches nothing of ours';
    const setting = { time: event.cause.time, address: event.cause.actor.address };
    for (const line of rechecks) teller.recheck(line, setting);
    for (const line of sightings) teller.sighting(line, setting);
    keep(event);
    return undefined;
  };
  return (record: unknown) => {
    const reason = take(record);
    if (reason !== undefined) ignored[reason] = (ignored[reason] ?? 0) + 1;
    return reason;
  };
}

function isEnvelope(record: unknown): boolean {
  return typeof record === 'object' && record !== null && Object.hasOwn(record, 'detail-type');
}
