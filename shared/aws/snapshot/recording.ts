import type { Clock } from '../../runtime/clock.ts';
import type { ReadAction } from '../actions.ts';
import { placeOf, readKey } from '../batch.ts';
import { canonical } from '../canonical.ts';
import type { Read } from '../read.ts';
import type { Reader } from '../reader.ts';
import { readingBy } from '../reading-by.ts';
import type { Aws } from '../world.ts';
import { scrubbed } from './scrub.ts';
import type { Answer, Snapshot, SnapshotRead } from './snapshot.ts';

export interface Recording extends Aws {
  /** All reads so far, the latest answer of each. */
  snapshot(): Snapshot;
}

/** Passes every read on and keeps its answer, without secrets. The asker still sees the answer whole. */
export function recording(aws: Aws, now: Clock): Recording {
  const kept = new Map<string, SnapshotRead>();
  // A batch answers the same question with the same object: that is kept already.
  const seen = new WeakSet<Read<unknown>>();
  const accounts = new Set<string>();
  const keep = (reader: Reader, action: ReadAction, input: object, read: Read<unknown>): void => {
    if (seen.has(read)) return;
    seen.add(read);
    const place = placeOf(reader.account, reader.region, action);
    accounts.add(place.account);
    const plain = JSON.parse(canonical(input)) as object;
    kept.set(readKey(place, action, input), { ...place, action, input: plain, ...answerOf(read) });
  };
  return {
    batch: () =>
      readingBy(aws.batch(), async (reader, action, input) => {
        const read = await reader.read(action, input);
        keep(reader, action, input, read);
        return read;
      }),
    snapshot: () => ({
      eksWardenSnapshot: 1,
      takenAt: new Date(now()).toISOString(),
      accounts: [...accounts].sort(),
      reads: [...kept].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, read]) => read),
    }),
  };
}

function answerOf(read: Read<unknown>): Answer {
  if (read.outcome === 'found') return { began: read.began, outcome: 'found', value: scrubbed(read.value) };
  if (read.outcome === 'gone') return { began: read.began, outcome: 'gone' };
  return { began: read.began, outcome: read.outcome, missing: read.action, why: read.why };
}
