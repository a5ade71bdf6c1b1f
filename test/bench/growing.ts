import { readFileSync } from 'node:fs';
import { lambdaWorld } from '../../shared/aws/lambda-world.ts';
import type { AwsBatch, Item, Table } from '../../shared/aws/world.ts';
import { loadBaseline } from '../../shared/baseline/load.ts';
import { SWEEP_CALLS } from '../../shared/sweep/bounds.ts';
import { scopeSweeper } from '../../shared/sweep/sweep-scope.ts';

const [ACCOUNT, REGION] = ['111122223333', 'eu-west-1'];

/** The sweep of one scope, invocation after invocation, in a process of its own, for its memory is what is measured. */
const FILE = 'baseline.yml';
const { baseline } = loadBaseline(readFileSync(FILE, 'utf8'), FILE, Date.now());

const answers = new Map<number, (answer: never) => void>();
process.on('message', ({ id, answer }: { id: number; answer: never }) => {
  answers.get(id)?.(answer);
  answers.delete(id);
});

/** The table is in the process that started this one, so that nothing of it is in this one's memory. */
let asked = 0;
const ask = <T>(method: string, ...given: unknown[]): Promise<T> =>
  new Promise((resolve) => {
    asked += 1;
    answers.set(asked, resolve);
    process.send?.({ id: asked, method, given });
  });
const table: Table = {
  get: async (pk, sk) => (await ask<Item | null>('get', pk, sk)) ?? undefined,
  put: (item) => ask('put', item),
  query: (pk) => ask('query', pk),
  remove: async () => 'removed',
  add: async () => 'added',
};

const silent = { info: () => {}, warn: () => {}, error: () => {} };
const told = { log: silent, metrics: { count: () => {}, duration: () => {} } };
const live = lambdaWorld({ OWN_ACCOUNT: ACCOUNT }, told, process.env, { accounts: [ACCOUNT] });
/** An invocation works for half of its fifteen minutes, and asks a service ten times a second in them. */
const MOST_CALLS = ((SWEEP_CALLS.pace?.perSecond ?? Number.NaN) * 15 * 60) / 2;
let batches: AwsBatch[] = [];
const aws = {
  batch() {
    const batch = live.aws.batch();
    batches.push(batch);
    return batch;
  },
};
/** The most that was alive, where garbage is collected for it each so many times that the sweep asks for time. */
let [alive, times] = [0, 0];
function weigh(): void {
  if (globalThis.gc === undefined) return;
  globalThis.gc();
  alive = Math.max(alive, process.memoryUsage().heapUsed);
}
const enough = () => {
  if (times++ % 50 === 0) weigh();
  const calls = batches.flatMap((batch) => [...batch.calls()]).filter(([action]) => action.startsWith('eks:'));
  return calls.reduce((sum, [, count]) => sum + count, 0) < MOST_CALLS;
};

const world = { ...live, aws, table, rechecks: { send: async () => {} } };
const sweep = scopeSweeper(world, baseline, { ownAccount: ACCOUNT, region: REGION });
const began = performance.now();
let done = false;
let invocations = 0;
while (!done && invocations < 100) {
  batches = [];
  ({ done } = await sweep({ run: 'night', account: ACCOUNT, region: REGION }, enough));
  invocations += 1;
  weigh();
}
process.send?.({
  ...{ done, invocations },
  seconds: (performance.now() - began) / 1000,
  // As Lambda counts a function's memory.
  mebibytes: process.resourceUsage().maxRSS / 1024,
  ...(alive > 0 ? { alive: alive / 1024 ** 2 } : {}),
});
process.exit();
