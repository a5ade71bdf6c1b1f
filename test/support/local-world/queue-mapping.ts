import { type Clock, SECOND } from '../../../shared/runtime/clock.ts';
import type { Agenda, Planned } from './agenda.ts';
import type { Chance } from './chance.ts';
import type { FunctionName } from './handlers.ts';
import type { Invocation, Invoke } from './invoker.ts';
import type { MemoryQueue, Message } from './queue.ts';

export interface QueueMappingSettings {
  function: FunctionName;
  batchSize: number;
  /** Seconds that a batch may wait for more messages. */
  window: number;
  /** Most batches at the same time. More than one run really concurrently, and their order is not the same in each run. */
  atOnce: number;
}

export interface QueueMappingOptions {
  settings: QueueMappingSettings;
  queue: MemoryQueue;
  agenda: Agenda;
  invoke: Invoke;
  now: Clock;
  /** With what share of done messages are delivered once more. */
  repeats: { chance: Chance; share: number } | undefined;
}

/** Lambda's mapping of a queue: batches, windows and partial failures (`ReportBatchItemFailures`). */
export class QueueMapping {
  readonly #options: QueueMappingOptions;
  #planned: Planned | undefined;

  constructor(options: QueueMappingOptions) {
    this.#options = options;
    options.queue.onChange = () => this.#wake();
  }

  /** Plans the next poll: when a batch is full, or when the first message has waited for the window. */
  #wake(): void {
    const { settings, queue, agenda, now } = this.#options;
    const first = queue.nextVisible;
    if (first === undefined) return;
    const full = queue.visible >= settings.batchSize;
    const time = full ? now() : Math.max(now(), first + settings.window * SECOND);
    if (this.#planned !== undefined) {
      if (this.#planned.time <= time) return;
      agenda.cancel(this.#planned);
    }
    this.#planned = agenda.plan(time, `${settings.function} polls`, () => this.#poll());
  }

  async #poll(): Promise<void> {
    const { settings, queue } = this.#options;
    this.#planned = undefined;
    const batches: Message[][] = [];
    while (batches.length < settings.atOnce) {
      const batch = queue.receive(settings.batchSize);
      if (batch.length === 0) break;
      batches.push(batch);
    }
    await Promise.all(batches.map((batch) => this.#run(batch)));
    this.#wake();
  }

  async #run(batch: readonly Message[]): Promise<void> {
    const { settings, queue, invoke } = this.#options;
    const Records = batch.map((message) => queue.record(message));
    const failed = failedOf(await invoke(settings.function, { Records }), batch);
    for (const message of batch) if (!failed.has(message.id)) this.#done(message);
  }

  #done(message: Message): void {
    const { queue, repeats } = this.#options;
    const again = repeats !== undefined && !message.repeated && repeats.chance() < repeats.share;
    if (again) queue.repeat(message);
    else queue.delete(message);
  }
}

/** The ids that failed. All of them where the function threw, or named one that it was not given: Lambda then trusts nothing. */
function failedOf({ result, error }: Invocation, batch: readonly Message[]): ReadonlySet<string> {
  const all = new Set(batch.map(({ id }) => id));
  if (error !== undefined) return all;
  const failures = failuresIn(result).map(({ itemIdentifier }) => itemIdentifier);
  const known = failures.filter((id): id is string => typeof id === 'string' && all.has(id));
  return known.length === failures.length ? new Set(known) : all;
}

export function failuresIn(result: unknown): { itemIdentifier?: unknown }[] {
  const failures = (result as { batchItemFailures?: unknown } | null | undefined)?.batchItemFailures;
  return Array.isArray(failures) ? failures : [];
}
