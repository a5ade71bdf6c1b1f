import type { Bench } from '../bench.ts';

export interface Broken {
  /** What is not fine then, line by line: `wrong Title: why → what mends it`. */
  wrong: readonly string[];
  restore(): unknown;
  /** What the command has in its environment meanwhile. */
  environment?: Readonly<Record<string, string>>;
}

/** One thing that `doctor` looks at, and what breaks exactly that in the deployment. */
export interface Break {
  name: string;
  do(bench: Bench): Promise<Broken>;
}

export const DEPLOY = 'Deploy again: npm run deploy';
