import type { Item } from '../../../shared/aws/world.ts';
import type { OwnCloud } from '../cloud/own/own-cloud.ts';
import type { SlackReceiver } from '../cloud/own/slack-receiver.ts';
import { QUEUE_NAMES } from './bindings.ts';
import { type Core, coreOf, type Queues, schedule } from './core.ts';
import { digestOf, dumpOf, type Lasting } from './digest.ts';
import type { Environment, FunctionName, Handlers, Wiring } from './handlers.ts';
import { type Invocation, type Invoke, invoker } from './invoker.ts';
import type { LocalWorldOptions } from './options.ts';
import { startOutside } from './outside.ts';
import { QueueMapping } from './queue-mapping.ts';
import type { TimedStep } from './steps.ts';
import { StreamMapping } from './stream-mapping.ts';
import { type Timeline, timeline } from './timeline.ts';
import type { Delivery } from './topic.ts';

/** A line that a function wrote. */
export interface LogLine {
  at: number;
  function: FunctionName;
  line: string;
}

export interface LocalWorld extends Timeline, AsyncDisposable {
  /** Puts an event onto the bus, or does so after this many milliseconds. */
  put(event: unknown, after?: number): void;
  /** Plans something, such as a change in the account. */
  at(time: number, what: string, run: () => Promise<void> | void): void;
  /** A schedule. It does not keep the world from being idle. */
  every(seconds: number, what: string, run: () => Promise<void> | void): void;
  /** Hears of all that happens; returns what ends that. */
  on(listener: (step: TimedStep) => void): () => void;
  environment: Environment;
  queues: Queues;
  stream: StreamMapping;
  cloud: OwnCloud;
  slack: SlackReceiver;
  invocations: readonly Invocation[];
  /** What e-mail and chat got. */
  deliveries: readonly Delivery[];
  logs: readonly LogLine[];
  /** Every item of the table, by pk and sk. */
  items(): Promise<Item[]>;
  /** The table as JSON lines with sorted keys. */
  dump(lasting?: Lasting): Promise<string>;
  digest(lasting?: Lasting): Promise<string>;
  close(): Promise<void>;
}

/** Our stack in one process: its functions, with queues, stream, topic and schedules in memory, and time that we move. */
export async function localWorld(options: LocalWorldOptions): Promise<LocalWorld> {
  const core = coreOf(options);
  const { clock, agenda, put, on, queues } = core;
  let mapping: StreamMapping | undefined;
  const outside = await startOutside(core, options, (record) => mapping?.add(record));
  const { cloud, slack, environment, deliveries, stop } = outside;
  const undo: (() => void)[] = [stop];
  const logs: LogLine[] = [];
  const close = async () => {
    for (const one of undo.splice(0).reverse()) await one();
  };

  const invocations: Invocation[] = [];
  const handlers = await made(options, wiringOf(core, environment, undo, logs), close);
  const stream = mapAll(core, handlers, invocations, options.disorder?.repeats);
  mapping = stream;

  return {
    ...timeline(clock, agenda),
    put,
    at: (time, what, run) => void agenda.plan(time, what, run),
    every: (seconds, what, run) => schedule(core, seconds, what, run),
    on,
    ...{ environment, queues, stream, cloud, slack, invocations, deliveries, logs },
    items: cloud.items,
    dump: async (lasting) => dumpOf(await cloud.items(), lasting),
    digest: async (lasting) => digestOf(await cloud.items(), lasting),
    close,
    [Symbol.asyncDispose]: close,
  };
}

function wiringOf({ clock, emit }: Core, environment: Environment, undo: (() => void)[], logs: LogLine[]): Wiring {
  return {
    clock,
    environment,
    defer: (one) => undo.push(one),
    write(name, line) {
      logs.push({ at: clock.now(), function: name, line });
      emit({ step: 'log', function: name, line });
    },
  };
}

/** A world whose handlers cannot be made is closed again. */
async function made({ handlers }: LocalWorldOptions, wiring: Wiring, close: () => Promise<void>): Promise<Handlers> {
  if (typeof handlers !== 'function') return handlers;
  try {
    return await handlers(wiring);
  } catch (error) {
    await close();
    throw error;
  }
}

/** Connects each queue, and the stream, with its function. */
function mapAll(core: Core, handlers: Handlers, log: Invocation[], share = 0): StreamMapping {
  const { account, region, clock, agenda, queues, bindings, emit, order } = core;
  const { now } = clock;
  const invoke: Invoke = invoker({ handlers, now, account, region, emit, log });
  const repeats = order && share > 0 ? { chance: order, share } : undefined;
  for (const name of QUEUE_NAMES) {
    const settings = bindings.queues[name];
    const mapped = handlers[settings.function] !== undefined;
    if (mapped) new QueueMapping({ settings, queue: queues[name], agenda, invoke, now, repeats });
  }
  const mapped = handlers[bindings.stream.function] !== undefined;
  return new StreamMapping({ settings: bindings.stream, agenda, invoke, now, emit, mapped });
}
