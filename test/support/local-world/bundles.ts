import { Console } from 'node:console';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire, Module } from 'node:module';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import {
  type Environment,
  FUNCTION_NAMES,
  type FunctionName,
  type HandlerSource,
  type Handlers,
  type LambdaHandler,
  type Wiring,
} from './handlers.ts';

export interface BundleOptions {
  /** The settings that a function has, as its deployment names them; all, if left out. `AWS_…` are always there. */
  settings?: (name: FunctionName) => readonly string[];
}

/**
 * The packaged functions in `<dir>/<function>/index.js`, each started anew with an environment and an output of its
 * own. While the world is open, this process's `Date` is the world's.
 */
export function bundles(dir: string, { settings }: BundleOptions = {}): HandlerSource {
  return (wiring) => {
    const { clock, defer } = wiring;
    clock.takeDate();
    defer(clock.giveDateBack);
    const names = FUNCTION_NAMES.filter((name) => existsSync(join(dir, name, 'index.js')));
    if (names.length === 0)
      throw new Error(`No function is packaged in ${dir}: it has ${readdirSync(dir).join(', ')}.`);
    const loaded = names.map((name) => [name, start(join(dir, name, 'index.js'), name, wiring, settings?.(name))]);
    return Object.fromEntries(loaded) as Handlers;
  };
}

/**
 * Runs a CommonJS file as Lambda's runtime would, without the module cache: two worlds never share a module's state.
 * Node's own compiler for CommonJS does it, because `import()` works in nothing else without an experimental flag.
 */
function start(file: string, name: FunctionName, wiring: Wiring, only?: readonly string[]): LambdaHandler {
  const out = lines((line) => wiring.write(name, line));
  const own = Object.create(process, {
    env: { value: environmentOf(name, wiring.environment, only), enumerable: true },
    stdout: { value: out },
    stderr: { value: out },
  }) as NodeJS.Process;
  const standard = createRequire(file);
  const load = (id: string): unknown => (/^(node:)?process$/.test(id) ? own : standard(id));
  const shell = new Module(file) as Compiling;
  shell._compile(
    `module.exports = (module, exports, require, process, console) => {${readFileSync(file, 'utf8')}\n}`,
    file,
  );
  const module: Bundle = { exports: {} };
  shell.exports(module, module.exports, load, own, new Console({ stdout: out, stderr: out }));
  const { handler } = module.exports;
  if (typeof handler !== 'function') throw new Error(`${file} exports no handler.`);
  return handler;
}

interface Bundle {
  exports: { handler?: LambdaHandler };
}

/** What Node's modules can, and its types do not tell. */
type Compiling = Module & {
  _compile(code: string, file: string): void;
  exports(
    module: Bundle,
    exports: object,
    require: (id: string) => unknown,
    process: NodeJS.Process,
    console: Console,
  ): void;
};

function environmentOf(
  name: FunctionName,
  all: Environment,
  only?: readonly string[],
): Record<string, string | undefined> {
  const kept = Object.entries(all).filter(([key]) => !only || /^(AWS_|TZ$)/.test(key) || only.includes(key));
  return { ...Object.fromEntries(kept), AWS_LAMBDA_FUNCTION_NAME: name };
}

/** A stream that hands on whole lines. */
function lines(write: (line: string) => void): Writable {
  let rest = '';
  return new Writable({
    decodeStrings: false,
    write(chunk: string | Buffer, _encoding, done) {
      const parts = (rest + chunk.toString()).split('\n');
      rest = parts.pop() ?? '';
      for (const line of parts) write(line);
      done();
    },
  });
}
