import type { DynamoDBRecord } from 'aws-lambda';
import { type Clock, SECOND } from '../../../shared/runtime/clock.ts';
import type { Agenda, Planned } from './agenda.ts';
import type { FunctionName } from './handlers.ts';
import type { Invocation, Invoke } from './invoker.ts';
import { failuresIn } from './queue-mapping.ts';
import type { Emit, LostBatch } from './steps.ts';

export interface StreamMappingSettings {
  function: FunctionName;
  batchSize: number;
  /** Seconds that a batch may wait for more records. */
  window: number;
  maxRetries: number;
  /** A batch whose function threw is halved; that is no retry. */
  bisect: boolean;
  /** The mapping's filter: other records are not delivered. */
  filter(record: DynamoDBRecord): boolean;
}

export interface StreamMappingOptions {
  settings: StreamMappingSettings;
  agenda: Agenda;
  invoke: Invoke;
  now: Clock;
  emit: Emit;
  /** Whether there is a function; without one records are only told. */
  mapped: boolean;
}

/** In seconds. */
const LONGEST_PAUSE = 60;

/** Lambda's mapping of a table's stream: in order, from the first failure on again, and after the last retry given up. */
export class StreamMapping {
  /** What went to the on-failure queue. As on AWS the whole rest of a batch goes, not only the record that failed. */
  readonly lost: LostBatch[] = [];
  readonly #options: StreamMappingOptions;
  #records: DynamoDBRecord[] = [];
  #planned: Planned | undefined;
  #most: number;
  #failures = 0;

  constructor(options: StreamMappingOptions) {
    this.#options = options;
    this.#most = options.settings.batchSize;
  }

  add(record: DynamoDBRecord): void {
    const { settings, emit, mapped } = this.#options;
    const wanted = settings.filter(record);
    emit({ step: 'record', record, wanted });
    if (!wanted || !mapped) return;
    this.#records.push(record);
    this.#wake(settings.window);
  }

  #wake(seconds: number): void {
    const { settings, agenda, now } = this.#options;
    if (this.#records.length === 0 || this.#planned !== undefined) return;
    this.#planned = agenda.plan(now() + seconds * SECOND, `${settings.function} polls`, async () => {
      await this.#poll();
      this.#planned = undefined;
      this.#wake(this.#failures === 0 ? 0 : Math.min(2 ** (this.#failures - 1), LONGEST_PAUSE));
    });
  }

  async #poll(): Promise<void> {
    const { settings, invoke } = this.#options;
    const batch = this.#records.slice(0, this.#most);
    const invocation = await invoke(settings.function, { Records: batch });
    const end = endOf(invocation, batch);
    if (end === 'done') {
      this.#pass(batch.length);
      return;
    }
    if (end === 'failed' && settings.bisect && batch.length > 1) {
      this.#most = Math.ceil(batch.length / 2);
      return;
    }
    const done = end === 'failed' ? 0 : end;
    if (done > 0) this.#pass(done);
    this.#failures += 1;
    if (this.#failures > settings.maxRetries) this.#giveUp(batch.slice(done), invocation.requestId);
  }

  #pass(count: number): void {
    this.#records = this.#records.slice(count);
    this.#most = this.#options.settings.batchSize;
    this.#failures = 0;
  }

  #giveUp(batch: readonly DynamoDBRecord[], requestId: string): void {
    const numbers = batch.map(({ dynamodb }) => dynamodb?.SequenceNumber ?? '');
    const lost: LostBatch = {
      requestContext: { requestId, condition: 'RetryAttemptsExhausted', approximateInvokeCount: this.#failures },
      DDBStreamBatchInfo: {
        startSequenceNumber: numbers[0] ?? '',
        endSequenceNumber: numbers.at(-1) ?? '',
        batchSize: batch.length,
        streamArn: batch[0]?.eventSourceARN ?? '',
      },
    };
    this.lost.push(lost);
    this.#options.emit({ step: 'lost', batch: lost });
    this.#pass(batch.length);
  }
}

/** How many records were done before the first that failed; `failed` where the function threw or named an unknown one. */
function endOf({ result, error }: Invocation, batch: readonly DynamoDBRecord[]): 'done' | 'failed' | number {
  if (error !== undefined) return 'failed';
  const failures = failuresIn(result);
  if (failures.length === 0) return 'done';
  const places = failures.map(({ itemIdentifier: number }) =>
    batch.findIndex(({ dynamodb }) => dynamodb?.SequenceNumber === number),
  );
  return places.includes(-1) ? 'failed' : Math.min(...places);
}
