import { builtinModules } from 'node:module';
import type { Plugin } from 'esbuild';

const BUILTINS: ReadonlySet<string> = new Set(builtinModules);
/** What a function's own process is stays an import, as whoever runs several functions in one process needs it. */
const IMPORTED: ReadonlySet<string> = new Set(['process']);

/**
 * Takes Node's own modules as plain objects, each loaded when something of it is first used. An import loads all of them
 * at the start and asks each for every export; `node:http` has some that load the whole of undici, a third of a cold start.
 */
export const plainBuiltins: Plugin = {
  name: 'plain-builtins',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^(?:node:)?[a-z_]+(?:\/[a-z]+)*$/ }, ({ path }) => {
      const name = path.replace(/^node:/, '');
      return BUILTINS.has(name) && !IMPORTED.has(name) ? { path: name, namespace: 'builtin' } : undefined;
    });
    onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({ contents: lazily(path), loader: 'js' }));
  },
};

/** A module that is an object of exports is loaded with the first one that is asked for; one that is a function, now. */
function lazily(name: string): string {
  const load = `process.getBuiltinModule(${JSON.stringify(`node:${name}`)})`;
  const module: unknown = process.getBuiltinModule(`node:${name}`);
  if (typeof module !== 'object' || module === null) return `module.exports = ${load};`;
  const names = JSON.stringify(Object.keys(module));
  return `for (const name of ${names}) Object.defineProperty(exports, name, { enumerable: true, get: () => ${load}[name] });`;
}
