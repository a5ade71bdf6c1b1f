import type { Clock } from '../../../shared/runtime/clock.ts';
import type { Chance } from './chance.ts';

/** Something that is to happen at a time. */
export interface Planned {
  time: number;
  what: string;
  run: () => Promise<void> | void;
  /** Does not keep the world from being idle: a schedule that never ends. */
  background: boolean;
  order: number;
}

/** What is still to happen, by time; what is due at the same time goes in the order of planning, or shuffled. */
export class Agenda {
  readonly #now: Clock;
  readonly #chance: Chance | undefined;
  #planned: Planned[] = [];
  #count = 0;

  constructor(now: Clock, chance?: Chance) {
    this.#now = now;
    this.#chance = chance;
  }

  /** A time that has passed means now. */
  plan(time: number, what: string, run: Planned['run'], background = false): Planned {
    this.#count += 1;
    const order = this.#chance ? this.#chance() : this.#count;
    const planned = { time: Math.max(time, this.#now()), what, run, background, order };
    this.#planned.push(planned);
    return planned;
  }

  cancel(planned: Planned): void {
    this.#planned = this.#planned.filter((one) => one !== planned);
  }

  get first(): Planned | undefined {
    return this.#planned.reduce<Planned | undefined>(
      (first, one) => (first === undefined || isBefore(one, first) ? one : first),
      undefined,
    );
  }

  /** Whether anything but schedules is to come. */
  get busy(): boolean {
    return this.#planned.some(({ background }) => !background);
  }
}

function isBefore(a: Planned, b: Planned): boolean {
  return a.time < b.time || (a.time === b.time && a.order < b.order);
}
