import { builtinModules } from 'node:module';
import type { Plugin } from 'esbuild';

const BUILTINS: ReadonlySet<string> = new Set(builtinModules);
/** What a function's own process is stays an import, as whoever runs several functions in one process needs it. */
const IMPORTED: ReadonlySet<string> = new Set(['process']);

/**
 * Takes Node's own modules as plain objects. An import asks a module for each of its exports, and `node:http` has some
 * that load all of undici, a third of a cold start: functions that never speak WebSocket do not wait for it.
 */
export const plainBuiltins: Plugin = {
  name: 'plain-builtins',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^(?:node:)?[a-z_]+(?:\/[a-z]+)*$/ }, ({ path }) => {
      const name = path.replace(/^node:/, '');
      return BUILTINS.has(name) && !IMPORTED.has(name) ? { path: name, namespace: 'builtin' } : undefined;
    });
    onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(`node:${path}`)});`,
      loader: 'js',
    }));
  },
};
