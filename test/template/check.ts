/** One linter on one template. */
export interface Check {
  name: string;
  problems: readonly string[];
  /** What is right all the same, and why. */
  notes: readonly string[];
}
