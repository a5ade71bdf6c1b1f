import { describe, expect, it } from 'vitest';
import { combine, known, onFound, onListed, orNull, type Read } from '../../shared/aws/read.ts';

const found = (value: unknown, began: number): Read<unknown> => ({ outcome: 'found', value, began });
const failed = (outcome: 'refused' | 'malformed' | 'unavailable', began: number): Read<unknown> => ({
  outcome,
  began,
  action: 'eks:DescribeCluster',
  why: outcome,
});
const gone = (began: number): Read<unknown> => ({ outcome: 'gone', began });

describe('reads', () => {
  it('combine to all their values, as old as the oldest', () => {
    expect(combine([found('a', 3), found('b', 2), known('c')])).toEqual(found(['a', 'b', 'c'], 2));
    expect(combine([])).toEqual(found([], Number.POSITIVE_INFINITY));
  });

  it('combine to the worst of what was not found: refused, malformed, unavailable, gone', () => {
    const reads = [found('a', 1), gone(2), failed('unavailable', 3), failed('malformed', 4), failed('refused', 5)];
    const outcomes = [5, 4, 3, 2, 1].map((count) => combine(reads.slice(0, count)));
    expect(outcomes).toEqual([
      failed('refused', 1),
      failed('malformed', 1),
      failed('unavailable', 1),
      gone(1),
      found(['a'], 1),
    ]);
  });

  it('find one of a listing, or say that it is gone, or that the listing is no answer', () => {
    const pick = (read: Read<number[] | undefined>) =>
      onListed(
        read,
        'x',
        (list) => list,
        (each) => each > 1,
      );
    expect(pick({ outcome: 'found', value: [1, 2, 3], began: 7 })).toEqual(found(2, 7));
    expect(pick({ outcome: 'found', value: [1], began: 7 })).toEqual(gone(7));
    expect(pick({ outcome: 'found', value: undefined, began: 7 })).toMatchObject({ outcome: 'malformed', began: 7 });
    expect(pick({ outcome: 'gone', began: 7 })).toEqual(gone(7));
  });

  it('turn only gone into null', () => {
    expect(orNull(gone(7))).toEqual(found(null, 7));
    expect(orNull(failed('refused', 7))).toEqual(failed('refused', 7));
    expect(orNull(found('a', 7))).toEqual(found('a', 7));
  });

  it('map only what was found', () => {
    expect(onFound(failed('refused', 7), 'x', () => 'y')).toEqual(failed('refused', 7));
    expect(onFound(found(1, 7), 'x', () => 'y')).toEqual(found('y', 7));
  });
});
