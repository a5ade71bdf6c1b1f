/** Where a call goes: a real region, never `global`. */
export interface Place {
  account: string;
  region: string;
}

/** Reads and writes have a role of their own in every account. */
export type Way = 'read' | 'fix';
