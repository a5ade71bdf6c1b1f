import { readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { build, type Plugin, stop } from 'esbuild';
import { withZodNamespace } from '../../derive/lean-zod.ts';
import { NODE_BUNDLE } from '../../derive/node-bundle.ts';
import { plainBuiltins } from '../../derive/plain-builtins.ts';
import { plainSchemaKeys } from '../../derive/schema-keys.ts';

/** What the bundle depends on and does not contain: the packages as npm installed them, and how it is made. */
const BESIDES = [
  'node_modules/.package-lock.json',
  'shared/cli/bundle/make-bundle.ts',
  'shared/derive/lean-zod.ts',
  'shared/derive/node-bundle.ts',
  'shared/derive/plain-builtins.ts',
  'shared/derive/schema-keys.ts',
];

/** What a bundle was made of, by its path from the root of the repository. */
export type MadeOf = ReadonlyMap<string, Uint8Array>;

/**
 * Bundles the command into a folder three below the root: `main.mjs` and chunks beside it, of which a command loads what
 * it needs. Not minified, so that a stack still says what failed.
 */
export async function makeBundle(root: string, into: string): Promise<MadeOf> {
  const madeOf = new Map(BESIDES.map((file) => [file, readFileSync(join(root, file))]));
  await build({
    absWorkingDir: root,
    entryPoints: { main: join(root, 'shared', 'cli', 'main.ts') },
    outdir: into,
    ...NODE_BUNDLE,
    logLevel: 'silent',
    external: ['esbuild', 'serverless'],
    plugins: [ownFiles(root, madeOf), plainSchemaKeys, plainBuiltins],
  });
  // Its process would stay for as long as the command runs.
  await stop();
  return madeOf;
}

/** Reads our own files, remembers what was read, and keeps `import.meta.dirname` what it was for each. */
function ownFiles(root: string, madeOf: Map<string, Uint8Array>): Plugin {
  return {
    name: 'own-files',
    setup({ onLoad }) {
      onLoad({ filter: /\.(?:ts|json)$/ }, ({ path }) => {
        const file = relative(root, path).split(sep).join('/');
        if (/^\.\.\/|(?:^|\/)node_modules\//.test(file)) return undefined;
        const bytes = readFileSync(path);
        madeOf.set(file, bytes);
        const text = bytes.toString('utf8');
        if (file.endsWith('.json')) return { contents: text, loader: 'json' };
        return { contents: withZodNamespace(text.replaceAll('import.meta.dirname', dirnameOf(file))), loader: 'ts' };
      });
    },
  };
}

/** By way of the root: a checkout may be moved with its bundle. */
function dirnameOf(file: string): string {
  return `(import.meta.dirname + ${JSON.stringify(`/../../../${dirname(file)}`)})`;
}
