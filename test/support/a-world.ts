import { setTimeout } from 'node:timers/promises';
import type { ReadAction, WriteAction } from '../../shared/aws/actions.ts';
import type { Read } from '../../shared/aws/read.ts';
import type { Reader, Write, Writer } from '../../shared/aws/reader.ts';
import type { Aws, World } from '../../shared/aws/world.ts';
import type { Recheck } from '../../shared/changes/change.ts';
import { memoryTable } from './memory-table.ts';

/** What an account answers in a test: the SDK's answer, or an outcome other than found. */
export type Answer = object | { outcome: 'gone' | 'refused' | 'unavailable' | 'malformed' };
export type Answers = Partial<Record<ReadAction, (input: never) => Answer | Promise<Answer>>>;
export type Writes = Partial<Record<WriteAction, (input: never) => Write<unknown>>>;

export interface Sent<T> {
  message: T;
  /** When it may be received (ms). */
  at: number;
}

/** A world in memory whose time, answers and failures a test owns. */
export class TestWorld implements World {
  clock: number;
  answers: Answers = {};
  writes: Writes = {};
  parameters: Record<string, string> = {};
  readonly table = memoryTable();
  readonly sent: Sent<Recheck>[] = [];
  readonly fixSent: Sent<unknown>[] = [];
  readonly calls: string[] = [];
  readonly written: { action: WriteAction; input: unknown }[] = [];
  readonly counts: Record<string, number> = {};
  readonly logged: string[] = [];
  #random = 0;

  constructor(start = Date.UTC(2026, 10, 21, 3, 0, 0)) {
    this.clock = start;
  }

  now = () => this.clock;
  random = () => {
    this.#random += 1;
    return (this.#random % 100_000) / 100_000;
  };
  pause = (milliseconds: number) => setTimeout(milliseconds);
  rechecks = {
    send: async (message: unknown, { delay = 0 }: { delay?: number } = {}) => {
      this.sent.push({ message: message as Recheck, at: this.clock + delay * 1000 });
    },
  };
  fixes = {
    send: async (message: unknown, { delay = 0 }: { delay?: number } = {}) => {
      this.fixSent.push({ message, at: this.clock + delay * 1000 });
    },
  };
  notices = { publish: async () => undefined };
  parameter = async (name: string) => this.parameters[name];
  secret = async () => '{}';
  log = {
    info: (message: string) => void this.logged.push(message),
    warn: (message: string) => void this.logged.push(message),
    error: (message: string) => void this.logged.push(message),
  };
  metrics = {
    count: (name: string, by = 1, dimensions: Readonly<Record<string, string>> = {}) => {
      const key = [name, ...Object.values(dimensions)].join(' ');
      this.counts[key] = (this.counts[key] ?? 0) + by;
    },
    duration: () => undefined,
  };

  aws: Aws = {
    batch: () => {
      const memo = new Map<string, Promise<Read<never>>>();
      return {
        reader: (account, region) => this.#reader(account, region, memo),
        writer: () => this.#writer(),
        calls: () => new Map(),
        seed: (_, __, action, input, value, began) =>
          void memo.set(
            `${action} ${JSON.stringify(input)}`,
            Promise.resolve({ outcome: 'found', value: value as never, began }),
          ),
        forget: (_, __, action, input) => void memo.delete(`${action} ${JSON.stringify(input)}`),
      };
    },
  };

  #reader(account: string, region: string, memo: Map<string, Promise<Read<never>>>): Reader {
    return {
      account,
      region: region === 'global' ? 'us-east-1' : region,
      partition: 'aws',
      read: (action, input) => {
        const key = `${action} ${JSON.stringify(input)}`;
        const known = memo.get(key) ?? this.#read(action, input);
        memo.set(key, known);
        return known as never;
      },
    };
  }

  async #read(action: ReadAction, input: unknown): Promise<Read<never>> {
    this.calls.push(action);
    const began = this.clock;
    const answer = await this.answers[action]?.(input as never);
    if (answer === undefined) throw new Error(`The test has no answer for ${action}.`);
    if (!('outcome' in answer)) return { outcome: 'found', value: answer as never, began };
    return answer.outcome === 'gone'
      ? { outcome: 'gone', began }
      : { outcome: answer.outcome as 'refused', began, action, why: `${action} was ${answer.outcome}.` };
  }

  #writer(): Writer {
    return {
      write: async (action, input) => {
        this.written.push({ action, input });
        const write = this.writes[action];
        if (write === undefined) throw new Error(`The test expects no ${action}.`);
        return write(input as never) as never;
      },
    };
  }

  /** The rechecks that may be received by now, taken off the queue in the order of their times. */
  due(): Recheck[] {
    const ready = this.sent.filter(({ at }) => at <= this.clock).sort((a, b) => a.at - b.at);
    for (const each of ready) this.sent.splice(this.sent.indexOf(each), 1);
    return ready.map(({ message }) => message);
  }

  /** Lets time pass to the next recheck and the next, until none is left or the time is up. */
  async settle(look: (recheck: Recheck) => Promise<unknown>, most = 24 * 3_600_000): Promise<void> {
    const end = this.clock + most;
    for (;;) {
      for (const recheck of this.due()) await look(recheck);
      const next = Math.min(...this.sent.map(({ at }) => at));
      if (!Number.isFinite(next) || next > end) return;
      this.clock = Math.max(this.clock, next);
    }
  }
}
