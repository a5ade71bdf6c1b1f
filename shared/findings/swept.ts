import type { Table } from '../aws/world.ts';

/** An account in a region, or in `global` for IAM: what a sweep goes through at a time. */
export interface Scope {
  account: string;
  region: string;
}

/** The partition of all that is kept about the sweeps of a scope. */
export function sweepKey({ account, region }: Scope): string {
  return `sweep#${account}#${region}`;
}

/** Whether a scope was ever swept to its end. */
export async function isSwept(table: Table, scope: Scope): Promise<boolean> {
  return (await table.get(sweepKey(scope), 'done')) !== undefined;
}
