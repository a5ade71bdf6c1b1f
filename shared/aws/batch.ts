import type { InputOf, OutputOf, ReadAction, WriteAction } from './actions.ts';
import { canonical } from './canonical.ts';
import { iamRegionOf, partitionOf } from './partition.ts';
import type { Place } from './place.ts';
import type { Read } from './read.ts';
import type { Reader, Write, Writer } from './reader.ts';
import type { AwsBatch } from './world.ts';

/** Told of every call that is really made. */
export type Counted = (action: string) => void;

/** Who answers: AWS, or a snapshot. */
export interface Backend {
  /** The region that names the partition for `global`. */
  region: string;
  read(place: Place, action: ReadAction, input: object, counted: Counted): Promise<Read<unknown>>;
  write(place: Place, action: WriteAction, input: object, counted: Counted): Promise<Write<unknown>>;
}

/** IAM is one for all regions of a partition: a role read from two of them is one read. */
export function placeOf(account: string, region: string, action: string): Place {
  return { account, region: action.startsWith('iam:') ? iamRegionOf(partitionOf(region)) : region };
}

/** The name of a read: the same for the same question, however its fields are ordered. */
export function readKey({ account, region }: Place, action: string, input: object): string {
  return `${account} ${region} ${action} ${canonical(input)}`;
}

export function batchOver(backend: Backend): AwsBatch {
  return new Batch(backend);
}

class Batch implements AwsBatch {
  readonly #backend: Backend;
  readonly #reads = new Map<string, Promise<Read<unknown>>>();
  readonly #calls = new Map<string, number>();

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  reader(account: string, region: string): Reader {
    const asked = this.#real(region);
    return {
      account,
      region: asked,
      partition: partitionOf(asked),
      read: <A extends ReadAction>(action: A, input: InputOf<A>) =>
        this.#read(placeOf(account, asked, action), action, input) as Promise<Read<OutputOf<A>>>,
    };
  }

  writer(account: string, region: string): Writer {
    const asked = this.#real(region);
    return {
      write: <A extends WriteAction>(action: A, input: InputOf<A>) =>
        this.#backend.write(placeOf(account, asked, action), action, input, this.#count) as Promise<Write<OutputOf<A>>>,
    };
  }

  calls(): ReadonlyMap<string, number> {
    return this.#calls;
  }

  seed(account: string, region: string, action: ReadAction, input: object, value: object, began: number): void {
    const key = readKey(placeOf(account, this.#real(region), action), action, input);
    if (!this.#reads.has(key)) this.#reads.set(key, Promise.resolve({ outcome: 'found', value, began }));
  }

  forget<A extends ReadAction>(account: string, region: string, action: A, input: InputOf<A>): void {
    this.#reads.delete(readKey(placeOf(account, this.#real(region), action), action, input));
  }

  #read(place: Place, action: ReadAction, input: object): Promise<Read<unknown>> {
    const key = readKey(place, action, input);
    const known = this.#reads.get(key);
    if (known) return known;
    const read = this.#backend.read(place, action, input, this.#count);
    this.#reads.set(key, read);
    return read;
  }

  #real(region: string): string {
    return region === 'global' ? iamRegionOf(partitionOf(this.#backend.region)) : region;
  }

  readonly #count = (action: string): void => {
    this.#calls.set(action, (this.#calls.get(action) ?? 0) + 1);
  };
}
