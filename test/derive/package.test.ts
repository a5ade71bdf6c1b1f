import { globSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PARAMS_STAND_IN, withZodNamespace } from '../../shared/derive/lean-zod.ts';
import { type Packaged, packageFunctions } from '../../shared/derive/package.ts';
import { withPlainKeys } from '../../shared/derive/schema-keys.ts';
import { sizeOf } from '../bench/sizes.ts';

const SETTINGS = {
  AWS_REGION: 'eu-west-1',
  FINDINGS_TABLE: 'findings',
  RECHECKS_QUEUE: 'rechecks',
  FIXES_QUEUE: 'fixes',
  SLACK_QUEUE: 'slack',
  SLACK_SECRET: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:slack',
  NOTICES_TOPIC: 'arn:aws:sns:eu-west-1:111122223333:notices',
  OWN_ACCOUNT: '111122223333',
  SWEEP_BUCKET: 'lists',
  WATCHED_REGIONS: 'eu-west-1,us-east-1',
  FIX_ROLE: 'arn:aws:iam::111122223333:role/eks-warden-fix',
};

/** What a function may weigh as Lambda is given it, zipped (kB). Raising one is a decision: a cold start reads all of it. */
const BUDGETS: Readonly<Record<string, number>> = {
  'announce-finding': 165,
  'close-sweep': 255,
  'evaluate-resource': 310,
  'list-scopes': 210,
  'locate-change': 160,
  'post-to-slack': 160,
  'remediate-finding': 310,
  'sweep-scope': 315,
};

let into: string;
let packaged: Packaged[];
beforeAll(async () => {
  into = mkdtempSync(join(tmpdir(), 'eks-warden-'));
  packaged = await packageFunctions(into);
});
afterAll(() => rmSync(into, { recursive: true }));

/** What a cold start in a process of its own gives, as an expression tells it of the handler, or the error. */
function started(name: string, env: Record<string, string>, tell = 'typeof handler'): Promise<string> {
  const entry = pathToFileURL(join(into, name, 'index.mjs')).href;
  const code = `const { parentPort } = require('node:worker_threads');
import(${JSON.stringify(entry)}).then(({ handler }) => parentPort.postMessage(${tell}), (error) => parentPort.postMessage(error.message));`;
  const worker = new Worker(code, { eval: true, env, stdout: true, stderr: true });
  const told = new Promise<string>((resolve, reject) => worker.once('message', resolve).once('error', reject));
  return told.finally(() => worker.terminate());
}

/** How a handler is called: what it gives, and how many parameters it has. It is called with nothing, and ended at once. */
const CALLED = `(() => {
  const given = handler({}, { awsRequestId: '1', getRemainingTimeInMillis: () => 1000 });
  given?.catch?.(() => {});
  return given?.constructor?.name + ' of ' + handler.length;
})()`;
/** Whatever it asks then answers nowhere. */
const NOBODY = {
  AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
  AWS_ACCESS_KEY_ID: 'nobody',
  AWS_SECRET_ACCESS_KEY: 'nothing',
};

it('packages every function so that it starts', async () => {
  const names = globSync('functions/**/index.ts').map((path) => basename(dirname(path)));
  const handlers = await Promise.all(names.map(async (name) => [name, await started(name, SETTINGS)]));
  expect(handlers).toEqual(names.map((name) => [name, 'function']));
});

it('C-05: every function is within its budget, and each has one', () => {
  expect(packaged.map(({ name }) => name).sort()).toEqual(Object.keys(BUDGETS).sort());
  const heavy = packaged.flatMap(({ name }) => {
    const zipped = Math.round(sizeOf(join(into, name)).zipped / 1000);
    const most = BUDGETS[name] ?? 0;
    return zipped > most ? [`${name} weighs ${zipped} kB of ${most}`] : [];
  });
  expect(heavy).toEqual([]);
});

it('C-05: every handler gives a promise, and none takes a callback, which Node 24 does not give', async () => {
  const names = Object.keys(BUDGETS);
  const called = await Promise.all(
    names.map(async (name) => [name, await started(name, { ...SETTINGS, ...NOBODY }, CALLED)] as const),
  );
  expect(called.filter(([, how]) => !/^Promise of [0-2]$/.test(how))).toEqual([]);
});

it('names all missing settings at once at a cold start', async () => {
  expect(await started('locate-change', {})).toBe(
    'Settings are missing from the environment: FINDINGS_TABLE, RECHECKS_QUEUE, OWN_ACCOUNT, AWS_REGION. Deploy the function again.',
  );
});

it('loads no SDK client before one is used', () => {
  const loaded = packaged.flatMap(({ name, metafile }) => {
    const entry = Object.entries(metafile.outputs).find(([, { entryPoint }]) =>
      entryPoint?.endsWith(`/${name}/index.ts`),
    );
    const chunks = [...(entry?.[1].imports ?? [])].filter(
      ({ kind, external }) => kind === 'import-statement' && !external,
    );
    const inputs = [entry?.[1], ...chunks.map(({ path }) => metafile.outputs[path])].flatMap((output) =>
      Object.keys(output?.inputs ?? {}),
    );
    return inputs.filter((input) => input.includes('@aws-sdk/client-')).map((input) => `${name}: ${input}`);
  });
  expect(loaded).toEqual([]);
});

it.each(['zod/v4/locales/de', 'yaml/', 'bowser/', 'node_modules/aws-sdk/', 'shared/baseline/read.ts'])(
  'C-05: leaves %s out of every function',
  (part) => {
    const carried = packaged.flatMap(({ name, metafile }) =>
      Object.values(metafile.outputs).flatMap(({ inputs }) =>
        Object.entries(inputs).flatMap(([input, { bytesInOutput }]) =>
          input.includes(part) && bytesInOutput > 0 ? [`${name}: ${input}`] : [],
        ),
      ),
    );
    expect(carried).toEqual([]);
  },
);

it('takes the modules of Node without asking for each of their exports', () => {
  const imports = readdirSync(join(into, 'post-to-slack'))
    .filter((file) => file.endsWith('.mjs'))
    .flatMap((file) => readFileSync(join(into, 'post-to-slack', file), 'utf8').match(/from"(?:node:)?https?"/g) ?? []);
  expect(imports).toEqual([]);
});

it('reads zod as a namespace and leaves every other import alone', () => {
  const source = "import { z } from 'zod';\nimport type { z as Z } from 'zod';\nconst a = z.string();\n";
  expect(withZodNamespace(source)).toBe(
    "import * as z from 'zod';\nimport type { z as Z } from 'zod';\nconst a = z.string();\n",
  );
});

it('lets a bundled control name its params and refuses to parse them', async () => {
  const { z } = await import(`data:text/javascript,${encodeURIComponent(PARAMS_STAND_IN)}`);
  const schema = z.object({ most: z.int().min(1).default(4).describe('At most.') });
  expect(() => schema.parse({})).toThrow('Params are parsed when a function is packaged, not in it.');
  expect(() => z.toJSONSchema(schema)).toThrow('Params are parsed when a function is packaged, not in it.');
  expect(() => schema.shape.most.safeParse(1)).toThrow('Params are parsed when a function is packaged, not in it.');
});

it('turns computed keys into plain ones only where they name a constant of the file', () => {
  expect(withPlainKeys('const _n = "name";\nconst a = { [_n]: 1, [_other]: 2 };')).toBe(
    'const _n = "name";\nconst a = { "name": 1, [_other]: 2 };',
  );
});
