import { SECOND } from '../../../shared/runtime/clock.ts';
import type { QueueDesk } from '../cloud/own/sqs.ts';
import { Agenda } from './agenda.ts';
import { type Bindings, bindingsOf, QUEUE_NAMES, type QueueName } from './bindings.ts';
import { type Chance, chance } from './chance.ts';
import { arnOf } from './environment.ts';
import type { LocalWorldOptions } from './options.ts';
import { MemoryQueue } from './queue.ts';
import type { Emit, Step, TimedStep } from './steps.ts';
import { type VirtualClock, virtualClock } from './virtual-clock.ts';

export type Queues = Readonly<Record<QueueName, MemoryQueue>>;

/** The parts that need nothing else: time, agenda, queues, the bus, and who hears of what happens. */
export interface Core {
  account: string;
  region: string;
  clock: VirtualClock;
  agenda: Agenda;
  /** Only in a world in disorder. */
  order: Chance | undefined;
  bindings: Bindings;
  queues: Queues;
  emit: Emit;
  on(listener: (step: TimedStep) => void): () => void;
  put(event: unknown, after?: number): void;
}

export function coreOf(options: LocalWorldOptions): Core {
  const { now, account = '111122223333', region = 'eu-west-1', disorder, matches = () => true } = options;
  const clock = virtualClock(now);
  const order = disorder && chance(disorder.seed);
  const agenda = new Agenda(clock.now, order);
  const bindings = bindingsOf(options.bindings);
  const { emit, on } = announcements(clock);
  const queueOf = (name: QueueName) =>
    new MemoryQueue({
      name,
      arn: arnOf({ account, region }, 'sqs', name),
      settings: bindings.queues[name],
      now: clock.now,
      emit,
      chance: order,
    });
  const queues = Object.fromEntries(QUEUE_NAMES.map((name) => [name, queueOf(name)])) as Queues;

  /** EventBridge puts what a rule's pattern fits into the queue of changes, as it came. */
  function arrive(event: unknown): void {
    const matched = matches(event);
    emit({ step: 'event', event, matched });
    if (matched) queues.changes.send({ body: JSON.stringify(event) });
  }
  return {
    account,
    region,
    clock,
    agenda,
    order,
    bindings,
    queues,
    emit,
    on,
    put(event, after = 0) {
      if (after <= 0) arrive(event);
      else agenda.plan(clock.now() + after, 'an event arrives', () => arrive(event));
    },
  };
}

function announcements({ now }: VirtualClock): Pick<Core, 'emit' | 'on'> {
  const listeners = new Set<(step: TimedStep) => void>();
  return {
    emit(step: Step) {
      for (const listener of listeners) listener({ at: now(), ...step });
    },
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

/** The queues as SQS's wire sees them. */
export function deskOf(queues: Queues): QueueDesk {
  const named = (name: string): MemoryQueue | undefined =>
    Object.hasOwn(queues, name) ? queues[name as QueueName] : undefined;
  return {
    send: (name, message) => named(name)?.send(message),
    hide: (name, handle, seconds) => named(name)?.hide(handle, seconds),
  };
}

/** Does something again and again, without keeping the world from being idle. */
export function schedule(
  { agenda, clock }: Core,
  seconds: number,
  what: string,
  run: () => Promise<void> | void,
): void {
  const next = () => {
    agenda.plan(clock.now() + seconds * SECOND, what, again, true);
  };
  async function again(): Promise<void> {
    await run();
    next();
  }
  next();
}
