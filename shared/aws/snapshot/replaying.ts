import type { ReadAction, WriteAction } from '../actions.ts';
import { batchOver, type Counted, placeOf, readKey } from '../batch.ts';
import { canonical } from '../canonical.ts';
import type { Place } from '../place.ts';
import type { Read } from '../read.ts';
import type { Aws } from '../world.ts';
import type { Snapshot, SnapshotRead } from './snapshot.ts';

/**
 * Answers from a snapshot, never from AWS. A read that is not in it is `unavailable`: nothing was seen, so nothing is
 * known. `region` names the partition for `global`; by default that of the snapshot's reads.
 */
export function replaying({ reads, takenAt }: Snapshot, region = reads[0]?.region ?? 'us-east-1'): Aws {
  const known = new Map(
    reads.map((read) => [readKey(placeOf(read.account, read.region, read.action), read.action, read.input), read]),
  );
  const began = Date.parse(takenAt);

  async function read(place: Place, action: ReadAction, input: object, counted: Counted): Promise<Read<unknown>> {
    counted(action);
    const found = known.get(readKey(place, action, input));
    if (found) return readOf(found);
    const why = `${action} ${canonical(input)} of ${place.account} in ${place.region} is not in the snapshot.`;
    return { outcome: 'unavailable', began, action, why };
  }

  async function write(_place: Place, action: WriteAction) {
    return { outcome: 'refused' as const, action, why: 'Nothing is ever written from a snapshot.' };
  }

  return { batch: () => batchOver({ region, read, write }) };
}

function readOf(read: SnapshotRead): Read<unknown> {
  const { began } = read;
  if (read.outcome === 'found') return { outcome: 'found', value: read.value, began };
  if (read.outcome === 'gone') return { outcome: 'gone', began };
  return { outcome: read.outcome, began, action: read.missing, why: read.why };
}
