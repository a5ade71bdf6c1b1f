/** What went through the proxy since it was last set back. */
export interface Counts {
  calls: number;
  actions: Record<string, number>;
  /** Answers of 400 and more, by action and status. */
  refused: Record<string, number>;
  /** Seconds in which at least one call was under way, and the sum over all calls. */
  busySeconds: number;
  sumSeconds: number;
  mostAtOnce: number;
}

/** Counts calls and how many are under way beside each other. */
export class Traffic {
  #counts = nothing();
  #underWay = 0;
  #busySince = 0;

  reset(): void {
    this.#counts = nothing();
    this.#busySince = performance.now();
  }

  /** One call begins; what it gives back ends it. */
  begin(): (name: string, status: number) => void {
    const began = performance.now();
    if (this.#underWay++ === 0) this.#busySince = began;
    this.#counts.mostAtOnce = Math.max(this.#counts.mostAtOnce, this.#underWay);
    return (name, status) => {
      const now = performance.now();
      const { actions, refused } = this.#counts;
      this.#counts.calls++;
      actions[name] = (actions[name] ?? 0) + 1;
      if (status >= 400) refused[`${name} ${status}`] = (refused[`${name} ${status}`] ?? 0) + 1;
      this.#counts.sumSeconds += (now - began) / 1000;
      if (--this.#underWay === 0) this.#counts.busySeconds += (now - this.#busySince) / 1000;
    };
  }

  counts(): Counts {
    return this.#counts;
  }
}

function nothing(): Counts {
  return { calls: 0, actions: {}, refused: {}, busySeconds: 0, sumSeconds: 0, mostAtOnce: 0 };
}
