import type { Context } from 'aws-lambda';
import { LAMBDA_CONTEXT } from './lambda-context.ts';

/** One invocation of a packaged function, in a process of its own, for its memory is what is measured. */
export interface Invoked {
  result: unknown;
  seconds: number;
  /** As Lambda counts a function's memory (MiB). */
  mebibytes: number;
}

const [file = '', event = 'null'] = process.argv.slice(2);

const { handler } = (await import(file)) as { handler: (event: unknown, context: Context) => Promise<unknown> };
const began = performance.now();
const result = await handler(JSON.parse(event), LAMBDA_CONTEXT);
const seconds = (performance.now() - began) / 1000;
process.send?.({ result, seconds, mebibytes: process.resourceUsage().maxRSS / 1024 } satisfies Invoked, () =>
  process.exit(),
);
