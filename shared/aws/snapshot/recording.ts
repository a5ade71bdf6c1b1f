import type { Clock } from '../../runtime/clock.ts';
import type { InputOf, ReadAction } from '../actions.ts';
import { placeOf, readKey } from '../batch.ts';
import { canonical } from '../canonical.ts';
import type { Read } from '../read.ts';
import type { Reader } from '../reader.ts';
import type { Aws, AwsBatch } from '../world.ts';
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
    batch: () => recordingBatch(aws.batch(), keep),
    snapshot: () => ({
      eksWardenSnapshot: 1,
      takenAt: new Date(now()).toISOString(),
      accounts: [...accounts].sort(),
      reads: [...kept].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, read]) => read),
    }),
  };
}

type Keep = (reader: Reader, action: ReadAction, input: object, read: Read<unknown>) => void;

function recordingBatch(batch: AwsBatch, keep: Keep): AwsBatch {
  return {
    writer: (account, region) => batch.writer(account, region),
    calls: () => batch.calls(),
    seed: (...seed) => batch.seed?.(...seed),
    forget: (account, region, action, input) => batch.forget(account, region, action, input),
    reader(account, region) {
      const reader = batch.reader(account, region);
      return {
        account: reader.account,
        region: reader.region,
        partition: reader.partition,
        async read<A extends ReadAction>(action: A, input: InputOf<A>) {
          const read = await reader.read(action, input);
          keep(reader, action, input, read);
          return read;
        },
      };
    },
  };
}

function answerOf(read: Read<unknown>): Answer {
  if (read.outcome === 'found') return { began: read.began, outcome: 'found', value: scrubbed(read.value) };
  if (read.outcome === 'gone') return { began: read.began, outcome: 'gone' };
  return { began: read.began, outcome: read.outcome, missing: read.action, why: read.why };
}
