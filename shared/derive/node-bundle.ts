import type { BuildOptions } from 'esbuild';

/**
 * How esbuild bundles for the Node that we run on: ES modules in chunks, of which no more is loaded than is needed.
 * CommonJS parts call `require`, which an ES module does not have.
 */
export const NODE_BUNDLE = {
  outExtension: { '.js': '.mjs' },
  bundle: true,
  splitting: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  mainFields: ['module', 'main'],
  legalComments: 'none',
} satisfies BuildOptions;
