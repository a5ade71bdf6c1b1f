import { readFileSync } from 'node:fs';
import type { Plugin } from 'esbuild';

const NAMED = /^import \{ z \} from 'zod';$/m;
const CONTROLS = /[\\/]shared[\\/]controls[\\/]/;

/**
 * What a bundled control has for zod. The package step parsed all params, so a bundle builds no schema of them at each
 * cold start. Whoever parses one all the same is told.
 */
export const PARAMS_STAND_IN = `
const schema = new Proxy(() => {}, {
  get: (_, key) => {
    if (/parse|schema/i.test(String(key))) throw new TypeError('Params are parsed when a function is packaged, not in it.');
    return schema;
  },
  apply: () => schema,
});
export { schema as z };
`;

/**
 * Leaves out of a bundle what it does not use of zod. Taken by its name, `z` is one object, and esbuild keeps all of it:
 * every language of its messages, its JSON Schema reader, its compiler.
 */
export const leanZod: Plugin = {
  name: 'lean-zod',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^zod$/ }, ({ importer }) =>
      CONTROLS.test(importer) ? { path: 'params', namespace: 'lean-zod', sideEffects: false } : undefined,
    );
    onLoad({ filter: /.*/, namespace: 'lean-zod' }, () => ({ contents: PARAMS_STAND_IN, loader: 'js' }));
    onLoad({ filter: /[\\/]shared[\\/].*\.ts$/ }, ({ path }) =>
      CONTROLS.test(path) ? undefined : { contents: withZodNamespace(readFileSync(path, 'utf8')), loader: 'ts' },
    );
  },
};

/** `import { z } from 'zod'` becomes `import * as z from 'zod'`, which means the same. */
export function withZodNamespace(source: string): string {
  return source.replace(NAMED, "import * as z from 'zod';");
}
