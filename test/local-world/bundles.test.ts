import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundles } from '../support/local-world/bundles.ts';
import { localWorld } from '../support/local-world/local-world.ts';

const START = Date.parse('2026-03-02T09:00:00Z');
const NEEDED = ['FINDINGS_TABLE', 'RECHECKS_QUEUE', 'OWN_ACCOUNT'];

const SOURCE = `
import { lambdaWorld } from './shared/aws/lambda-world.ts';
import { invocation } from './shared/runtime/invocation.ts';
import { settings } from './shared/runtime/settings.ts';
const our = invocation('evaluate-resource');
const world = lambdaWorld(settings(${JSON.stringify(NEEDED)}), our);
let runs = 0;
export const handler = async ({ Records }) => {
  runs += 1;
  for (const { body } of Records) {
    const names = Object.keys(process.env).filter((name) => !name.startsWith('AWS_')).sort().join();
    await world.table.put({ pk: body, sk: 'state', at: world.now(), date: new Date().toISOString(), runs, names });
    if (body === 'first') await world.rechecks.send('second', { delay: 60, group: 'a#b' });
    our.log.info('judged', { body });
  }
};
`;

let dir: string;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'eks-warden-'));
  await build({
    stdin: {
      contents: SOURCE,
      resolveDir: join(import.meta.dirname, '..', '..'),
      loader: 'ts',
      sourcefile: 'index.ts',
    },
    entryNames: 'index',
    outdir: join(dir, 'evaluate-resource'),
    outExtension: { '.js': '.mjs' },
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    splitting: true,
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    mainFields: ['module', 'main'],
  });
});
afterAll(() => rmSync(dir, { recursive: true }));

const aWorld = (names = NEEDED) => localWorld({ now: START, handlers: bundles(dir, { settings: () => names }) });

it('runs packaged functions with an environment, a date and an output of their own', async () => {
  const environment = { ...process.env };
  await using world = await aWorld();
  world.queues.rechecks.send({ body: 'first' });
  await world.untilIdle();
  const names = ['FINDINGS_TABLE', 'OWN_ACCOUNT', 'RECHECKS_QUEUE', 'TZ'].join();
  expect(world.invocations.map(({ error }) => error)).toEqual([undefined, undefined]);
  expect(await world.items()).toEqual([
    { pk: '"second"', sk: 'state', at: START + 60_000, date: '2026-03-02T09:01:00.000Z', runs: 2, names },
    { pk: 'first', sk: 'state', at: START, date: '2026-03-02T09:00:00.000Z', runs: 1, names },
  ]);
  const logs = world.logs.map(({ at, function: name, line }) => [at - START, name, JSON.parse(line)]);
  expect(logs).toEqual([
    [0, 'evaluate-resource', expect.objectContaining({ level: 'INFO', message: 'judged', body: 'first' })],
    [60_000, 'evaluate-resource', expect.objectContaining({ level: 'INFO', message: 'judged', body: '"second"' })],
  ]);
  expect(process.env).toEqual(environment);
});

it('starts each function anew for each world', async () => {
  const runs = async () => {
    await using world = await aWorld();
    world.queues.rechecks.send({ body: 'once' });
    await world.untilIdle();
    return (await world.items()).map((item) => item.runs);
  };
  expect([await runs(), await runs()]).toEqual([[1], [1]]);
});

it('throws what a function throws at its cold start, and leaves nothing behind', async () => {
  await expect(aWorld(['FINDINGS_TABLE'])).rejects.toThrow('RECHECKS_QUEUE, OWN_ACCOUNT');
  expect(Date.now()).toBeGreaterThan(START);
  await expect(localWorld({ now: START, handlers: bundles(tmpdir()) })).rejects.toThrow('No function is packaged');
});
