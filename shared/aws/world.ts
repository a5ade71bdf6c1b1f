import type { Clock } from '../runtime/clock.ts';
import type { Log } from '../runtime/log.ts';
import type { Metrics } from '../runtime/metrics.ts';
import type { InputOf, ReadAction } from './actions.ts';
import type { Reader, Writer } from './reader.ts';

/** Sessions in audited accounts. A batch remembers its reads; make one per evaluation batch or sweep item. */
export interface Aws {
  batch(): AwsBatch;
}

export interface AwsBatch {
  /** `region` may be `global` (IAM): the partition's IAM region is asked then. */
  reader(account: string, region: string): Reader;
  /** Only ever called by the remediation runner; refuses in replay. */
  writer(account: string, region: string): Writer;
  /** How often each action was really called (a remembered read counts once). */
  calls(): ReadonlyMap<string, number>;
  /** Tells a read's answer before anybody asks: a listing had it. Not for what was asked already. */
  seed?(account: string, region: string, action: ReadAction, input: object, value: object, began: number): void;
  /** Forgets one read, so that the next asker sees the present: the fresh read before a fix. */
  forget<A extends ReadAction>(account: string, region: string, action: A, input: InputOf<A>): void;
}

export type Item = Record<string, unknown> & { pk: string; sk: string };
/** Attribute equals the value; undefined: the attribute must not exist. */
export type Expectation = Readonly<Record<string, string | number | undefined>>;

/** The one DynamoDB table, as documents. Reads are strongly consistent. Throttling is thrown: the message is then tried again. */
export interface Table {
  get(pk: string, sk: string): Promise<Item | undefined>;
  /** Writes the whole item where the expectation holds; `conflict` otherwise, never an exception for that. */
  put(item: Item, expect?: Expectation): Promise<'written' | 'conflict'>;
  remove(pk: string, sk: string, expect?: Expectation): Promise<'removed' | 'conflict'>;
  query(pk: string, options?: { prefix?: string; most?: number; newestFirst?: boolean }): Promise<Item[]>;
  /** Adds to a counter unless that takes it past `most`. The item lives until `ttl` (seconds). */
  add(pk: string, sk: string, by: number, most: number, ttl: number): Promise<'added' | 'over'>;
}

export interface Queue<T> {
  /** `delay` in seconds, at most 900; `group` keeps one noisy account from delaying others. */
  send(message: T, options?: { delay?: number; group?: string }): Promise<void>;
}

export interface Topic {
  /** `message` per protocol (SNS `MessageStructure: json`); `default` is required. */
  publish(notice: {
    subject: string;
    message: { default: string } & Record<string, string>;
    attributes: Record<string, string>;
  }): Promise<void>;
}

/** The state machine that sweeps. */
export interface Sweeps {
  /** Begins a sweep of one account in one region. Many callers of one day start one: `day` (YYYY-MM-DD) is part of its name. */
  start(scope: { account: string; region: string }, day: string): Promise<void>;
}

/** Texts in the bucket of the sweep. */
export interface Files {
  read(key: string): Promise<string>;
  /** As JSON, unless another type is named. */
  write(key: string, text: string, type?: string): Promise<void>;
}

/** Everything that a function needs of the outside, as one value: the Lambda, the sweep, the command, the demo and the tests each bring theirs. */
export interface World {
  now: Clock;
  /** 0 ≤ n < 1. */
  random(): number;
  /** Waits for tens of milliseconds at most, where several write one item at once: whoever waits longer uses a queue. */
  pause(milliseconds: number): Promise<void>;
  aws: Aws;
  table: Table;
  rechecks: Queue<unknown>;
  fixes: Queue<unknown>;
  notices: Topic;
  /** Absent where nothing is deployed that sweeps. */
  sweeps?: Sweeps;
  /** The value of an SSM parameter; undefined where there is none. Throws where it cannot be read. */
  parameter(name: string): Promise<string | undefined>;
  /** The value of a secret. Throws where it cannot be read. */
  secret(arn: string): Promise<string>;
  log: Log;
  metrics: Metrics;
}
