import type { Item } from '../../../shared/aws/world.ts';
import { type OwnCloud, startOwnCloud } from '../cloud/own/own-cloud.ts';
import { type SlackReceiver, slackReceiver } from '../cloud/own/slack-receiver.ts';
import type { QueueDesk } from '../cloud/own/sqs.ts';
import type { Audited } from '../cloud/own/wire.ts';
import { Agenda } from './agenda.ts';
import { type BindingChanges, type Bindings, bindingsOf, QUEUE_NAMES, type QueueName } from './bindings.ts';
import { type Chance, chance } from './chance.ts';
import { digestOf, dumpOf, type Lasting } from './digest.ts';
import { arnOf, environmentOf, KILL_SWITCH, TABLE } from './environment.ts';
import type { Environment, FunctionName, Handlers, HandlerSource, Wiring } from './handlers.ts';
import { type Invocation, type Invoke, invoker } from './invoker.ts';
import { MemoryQueue } from './queue.ts';
import { QueueMapping } from './queue-mapping.ts';
import type { Emit, TimedStep } from './steps.ts';
import { StreamMapping } from './stream-mapping.ts';
import { type Timeline, timeline } from './timeline.ts';
import { type Delivery, topic } from './topic.ts';
import { type VirtualClock, virtualClock } from './virtual-clock.ts';

/** What an event source of the world can use: the time, and the way onto the bus. */
export interface Sources {
  now(): number;
  put(event: unknown, after?: number): void;
}

export interface LocalWorldOptions {
  /** When the story begins: milliseconds or a date. */
  now: number | string;
  handlers: HandlerSource;
  bindings?: BindingChanges;
  /** Whether a rule's pattern fits the event; each does, if left out. */
  matches?: (event: unknown) => boolean;
  /** The accounts that are audited; a function of the world is called with its time and its bus. */
  audited?: Audited | ((sources: Sources) => Audited);
  account?: string;
  region?: string;
  /** More settings. */
  environment?: Environment;
  slack?: 'webhook' | 'token';
  /** Shuffles what is due at the same time, and delivers that share of queue messages twice. The same for the same seed. */
  disorder?: { seed: number; repeats?: number };
}

export interface LocalWorld extends Timeline, AsyncDisposable {
  /** Puts an event onto the bus, or does so after this many milliseconds. */
  put(event: unknown, after?: number): void;
  /** Plans something, such as a change in the account. */
  at(time: number, what: string, run: () => Promise<void> | void): void;
  /** A schedule. It does not keep the world from being idle. */
  every(milliseconds: number, what: string, run: () => Promise<void> | void): void;
  /** Hears of all that happens; returns what ends that. */
  on(listener: (step: TimedStep) => void): () => void;
  environment: Environment;
  queues: Readonly<Record<QueueName, MemoryQueue>>;
  stream: StreamMapping;
  cloud: OwnCloud;
  slack: SlackReceiver;
  invocations: readonly Invocation[];
  /** What e-mail and chat got. */
  deliveries: readonly Delivery[];
  /** Lines that functions wrote. */
  logs: readonly { at: number; function: FunctionName; line: string }[];
  items(): Promise<Item[]>;
  /** The table as JSON lines with sorted keys. */
  dump(lasting?: Lasting): Promise<string>;
  digest(lasting?: Lasting): Promise<string>;
  close(): Promise<void>;
}

/** Our stack in one process: its functions with queues, stream, topic and schedules in memory, and time that we move. */
export async function localWorld(options: LocalWorldOptions): Promise<LocalWorld> {
  const { account = '111122223333', region = 'eu-west-1', disorder } = options;
  const clock = virtualClock(options.now);
  const order = disorder && chance(disorder.seed);
  const agenda = new Agenda(clock.now, order);
  const { emit, on } = announcements(clock);
  const bindings = bindingsOf(options.bindings);
  const place = { account, region };
  const queues = queuesOf(bindings, place, clock, emit, order);
  const put = bus({ agenda, clock, emit, queues, matches: options.matches ?? (() => true) });
  const deliveries: Delivery[] = [];
  const invocations: Invocation[] = [];
  const logs: { at: number; function: FunctionName; line: string }[] = [];
  const undo: (() => void)[] = [];

  const { audited } = options;
  const slack = await slackReceiver(clock.now, (post) => emit({ step: 'slack', post }));
  let stream: StreamMapping | undefined;
  const cloud = await startOwnCloud({
    now: clock.now,
    ...place,
    table: TABLE,
    queues: deskOf(queues),
    publish: topic({
      arn: arnOf(place, 'sns', 'notices'),
      subscriptions: bindings.subscriptions,
      send: (queue, body) => queues[queue as QueueName].send({ body }),
      deliveries,
      now: clock.now,
      emit,
    }),
    audited: typeof audited === 'function' ? audited({ now: clock.now, put }) : audited,
    onRecord: (record) => stream?.add(record),
    onCall: (call) => emit({ step: 'call', call }),
  });
  const environment = environmentOf({ ...place, url: cloud.url }, options.environment ?? {});
  cloud.parameters.set(KILL_SWITCH, 'off');
  cloud.secrets.set(environment.SLACK_SECRET ?? '', options.slack === 'token' ? slack.tokenSecret : slack.webhookSecret);

  async function close(): Promise<void> {
    for (const one of undo.splice(0).reverse()) one();
    await Promise.all([cloud.stop(), slack.stop()]);
  }
  const wiring: Wiring = {
    clock,
    environment,
    defer: (one) => undo.push(one),
    write(name, line) {
      logs.push({ at: clock.now(), function: name, line });
      emit({ step: 'log', function: name, line });
    },
  };
  const handlers = await handlersOf(options.handlers, wiring, close);
  const invoke = invoker({ handlers, now: clock.now, ...place, emit, log: invocations });
  const repeats = order && disorder?.repeats ? { chance: order, share: disorder.repeats } : undefined;
  mapQueues({ bindings, handlers, queues, agenda, invoke, clock, repeats });
  const mapped = handlers[bindings.stream.function] !== undefined;
  stream = new StreamMapping({ settings: bindings.stream, agenda, invoke, now: clock.now, emit, mapped });

  return {
    ...timeline(clock, agenda),
    put,
    at: (time, what, run) => void agenda.plan(time, what, run),
    every: (milliseconds, what, run) => schedule(agenda, clock, milliseconds, what, run),
    on,
    environment,
    queues,
    stream,
    cloud,
    slack,
    invocations,
    deliveries,
    logs,
    items: cloud.items,
    dump: async (lasting) => dumpOf(await cloud.items(), lasting),
    digest: async (lasting) => digestOf(await cloud.items(), lasting),
    close,
    [Symbol.asyncDispose]: close,
  };
}
