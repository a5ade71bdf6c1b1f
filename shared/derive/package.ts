import { globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';
import { loadBaseline } from '../baseline/load.ts';
import { BaselineError } from '../runtime/errors.ts';
import { leanZod } from './lean-zod.ts';
import { NODE_BUNDLE } from './node-bundle.ts';
import { plainBuiltins } from './plain-builtins.ts';
import { plainSchemaKeys } from './schema-keys.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/** Ways to find credentials that a Lambda never takes: it has them in its environment. */
const UNUSED = [
  '@aws-sdk/credential-provider-ini',
  '@aws-sdk/credential-provider-sso',
  '@aws-sdk/credential-provider-process',
  '@aws-sdk/credential-provider-login',
  '@aws-sdk/credential-provider-web-identity',
  '@smithy/credential-provider-imds',
  // Reads a browser's name.
  'bowser',
];

/** Puts the baseline into the bundle as validated JSON: a function carries no YAML parser, and no broken baseline is ever deployed. */
const bundled = (data: unknown): Plugin => ({
  name: 'baseline',
  setup({ onLoad }) {
    onLoad({ filter: /baseline\.yml$/ }, () => ({ contents: JSON.stringify(data), loader: 'json' }));
  },
});

export interface Packaged {
  name: string;
  metafile: Metafile;
}

/**
 * Bundles every function, a folder with an `index.ts`, into `<into>/<function>/index.mjs` and chunks beside it, as it is deployed. SDK clients are
 * chunks of their own, so that a cold start loads none of them before the first call. Throws a `BaselineError` before
 * anything is written.
 */
export async function packageFunctions(into: string, baseline = join(ROOT, 'baseline.yml')): Promise<Packaged[]> {
  const entries = globSync('functions/**/index.ts', { cwd: ROOT }).sort();
  const { written } = loadBaseline(readFileSync(baseline, 'utf8'), baseline, Date.now());
  rmSync(into, { recursive: true, force: true });
  return Promise.all(entries.map((entry) => packageFunction(entry, into, written)));
}

async function packageFunction(entry: string, into: string, baseline: unknown): Promise<Packaged> {
  const name = basename(dirname(entry));
  const outdir = join(into, name);
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: { index: join(ROOT, entry) },
    outdir,
    ...NODE_BUNDLE,
    minify: true,
    metafile: true,
    logLevel: 'warning',
    external: UNUSED,
    plugins: [bundled(baseline), plainSchemaKeys, leanZod, plainBuiltins],
  });
  writeFileSync(join(outdir, 'package.json'), '{ "type": "module" }\n');
  return { name, metafile };
}

if (import.meta.main) {
  try {
    const packaged = await packageFunctions(join(ROOT, '.build', 'functions'));
    process.stdout.write(`Packaged ${packaged.map(({ name }) => name).join(', ')} into .build/functions.\n`);
  } catch (error) {
    if (!(error instanceof BaselineError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  }
}
