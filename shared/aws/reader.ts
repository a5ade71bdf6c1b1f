import type { InputOf, OutputOf, ReadAction, WriteAction } from './actions.ts';
import type { Read } from './read.ts';

/**
 * Reads in one account and region. Paginated actions answer with all their pages as one. The same read within one
 * batch is made once; concurrent askers share it.
 */
export interface Reader {
  account: string;
  /** The region that is asked: never `global`. */
  region: string;
  /** `aws`, `aws-us-gov` or `aws-cn`. */
  partition: string;
  read<A extends ReadAction>(action: A, input: InputOf<A>): Promise<Read<OutputOf<A>>>;
}

/** What a write came to. `busy`: another update is running; `refused`: a permission is missing; `rejected`: AWS says the input is wrong. */
export type Write<T> =
  | { outcome: 'done'; value: T }
  | { outcome: 'busy'; why: string }
  | { outcome: 'unavailable'; why: string }
  | { outcome: 'refused'; action: string; why: string }
  | { outcome: 'rejected'; why: string };

export interface Writer {
  write<A extends WriteAction>(action: A, input: InputOf<A>): Promise<Write<OutputOf<A>>>;
}
