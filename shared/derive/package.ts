import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { loadBaseline } from '../baseline/load.ts';
import { BaselineError } from '../runtime/errors.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/** Puts the baseline into the bundle as validated JSON: a function carries no YAML parser, and no broken baseline is ever deployed. */
const bundled = (baseline: string): Plugin => ({
  name: 'baseline',
  setup({ onLoad }) {
    onLoad({ filter: /baseline\.yml$/ }, () => {
      const { data } = loadBaseline(readFileSync(baseline, 'utf8'), baseline, Date.now());
      return { contents: JSON.stringify(data), loader: 'json', watchFiles: [baseline] };
    });
  },
});

/** Bundles every function into `<into>/<function>/index.js`, as it is deployed: CommonJS, minified, one file, SDK clients loaded when first used. */
export async function packageFunctions(into: string, baseline = join(ROOT, 'baseline.yml')): Promise<string[]> {
  const names = readdirSync(join(ROOT, 'functions'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
  rmSync(into, { recursive: true, force: true });
  await Promise.all(
    names.map(async (name) => {
      await build({
        absWorkingDir: ROOT,
        entryPoints: [join(ROOT, 'functions', name, 'index.ts')],
        outfile: join(into, name, 'index.js'),
        bundle: true,
        minify: true,
        platform: 'node',
        target: 'node24',
        format: 'cjs',
        mainFields: ['module', 'main'],
        legalComments: 'none',
        logLevel: 'warning',
        plugins: [bundled(baseline)],
      });
      writeFileSync(join(into, name, 'package.json'), '{ "type": "commonjs" }\n');
    }),
  );
  return names;
}

if (import.meta.main) {
  try {
    mkdirSync(join(ROOT, '.build'), { recursive: true });
    const names = await packageFunctions(join(ROOT, '.build', 'functions'));
    process.stdout.write(`Packaged ${names.join(', ')} into .build/functions.\n`);
  } catch (error) {
    if (!(error instanceof BaselineError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  }
}
