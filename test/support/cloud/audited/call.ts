import type { Account, Iam, Region } from './account.ts';
import type { Caller } from './callers.ts';
import type { EventDetail } from './recording.ts';

/** How long what AWS does in its own time takes, in virtual milliseconds. */
export interface Durations {
  update: number;
  createCluster: number;
  deleteCluster: number;
  createNodegroup: number;
  deleteNodegroup: number;
}

/** One call as an operation sees it. `account`'s document and its parts are the real ones: writing changes them. */
export interface Call {
  accountId: string;
  region: string;
  partition: string;
  account: Account;
  here: Region;
  iam: Iam;
  caller: Caller;
  /** The time as AWS would write it. */
  at: string;
  durations: Durations;
  /** Pages are never longer than this, whatever was asked for; tests set it to see several pages. */
  mostPerPage: number;
  /** Whether an update that begins now is to end as failed. */
  updateFails: boolean;
  /** Opens a session of a role in any account that there is; undefined where the role does not let the caller in. */
  assume(role: {
    arn: string;
    sessionName: string;
    externalId?: string;
  }): { accessKey: string; roleId: string } | undefined;
  /** What CloudTrail recorded of writes, in all accounts, in its order. */
  history: readonly EventDetail[];
  /** A new id: a UUID by its looks, the same ones in the same order on every run. */
  id(): string;
  /** Does something when this much virtual time has passed, to the region as it is then. */
  later(after: number, run: (here: Region) => void): void;
  /** Answers to idempotency tokens, by whatever key the operation makes of them. */
  answered: Map<string, { asked: string; answer: object }>;
}

// biome-ignore lint/suspicious/noExplicitAny: each operation has its own input; the wire's check ran before.
export type Run = (input: any, call: Call) => object;

/** A service's operations: reads change nothing, writes make a CloudTrail event each. */
export interface Operations {
  reads: Readonly<Record<string, Run>>;
  writes: Readonly<Record<string, Run>>;
}

/** An error answer by its AWS code. */
export class AwsFault extends Error {
  override name = 'AwsFault';
  readonly code: string;
  readonly status: number;
  readonly fields: Readonly<Record<string, unknown>>;

  constructor(code: string, message: string, status = 400, fields: Readonly<Record<string, unknown>> = {}) {
    super(message);
    this.code = code;
    this.status = status;
    this.fields = fields;
  }
}

/** One page of a list, and the token of the next. The token is only good for the same list. */
export function page<T>(
  list: string,
  all: readonly T[],
  asked: { token?: string | undefined; most?: number | undefined },
  call: Call,
  refused: () => AwsFault,
): { items: T[]; next?: string } {
  const from = asked.token === undefined ? 0 : offsetIn(list, asked.token, refused);
  const to = from + Math.min(asked.most ?? 100, call.mostPerPage);
  const items = all.slice(from, to);
  return to < all.length ? { items, next: Buffer.from(`${list}:${to}`).toString('base64url') } : { items };
}

function offsetIn(list: string, token: string, refused: () => AwsFault): number {
  const text = Buffer.from(token, 'base64url').toString();
  const offset = Number(text.slice(list.length + 1));
  if (!text.startsWith(`${list}:`) || !Number.isInteger(offset)) throw refused();
  return offset;
}
