import { Console } from 'node:console';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
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

const ENTRY = 'index.mjs';

/**
 * The packaged functions in `<dir>/<function>/index.mjs`, each started anew with an environment and an output of its
 * own. While the world is open, this process's `Date` is the world's.
 */
export function bundles(dir: string, { settings }: BundleOptions = {}): HandlerSource {
  return (wiring) => {
    const { clock, defer } = wiring;
    const names = FUNCTION_NAMES.filter((name) => existsSync(join(dir, name, ENTRY)));
    if (names.length === 0) throw new Error(`No function is packaged in ${dir}.`);
    const room = mkdtempSync(join(tmpdir(), 'eks-warden-'));
    defer(() => rmSync(room, { recursive: true }));
    clock.takeDate();
    defer(clock.giveDateBack);
    const started = names.map((name) => {
      cpSync(join(dir, name), join(room, name), { recursive: true });
      return [name, start(join(room, name), name, wiring, settings?.(name))];
    });
    return Object.fromEntries(started) as Handlers;
  };
}

/** What each started copy of a function takes for its process and console, by its folder. */
const surroundings = new Map<string, { process: NodeJS.Process; console: Console }>();
Object.assign(globalThis, { [Symbol.for('eks-warden.local-world')]: surroundings });

/** Runs a copy as Lambda's runtime would: a copy has modules of its own, so two worlds never share their state. */
function start(copy: string, name: FunctionName, wiring: Wiring, only?: readonly string[]): LambdaHandler {
  const out = lines((line) => wiring.write(name, line));
  const own = Object.create(process, {
    env: { value: environmentOf(name, wiring.environment, only), enumerable: true },
    stdout: { value: out },
    stderr: { value: out },
  }) as NodeJS.Process;
  surroundings.set(copy, { process: own, console: new Console({ stdout: out, stderr: out }) });
  wiring.defer(() => surroundings.delete(copy));
  surround(copy);
  const { handler } = createRequire(import.meta.url)(join(copy, ENTRY)) as { handler?: LambdaHandler };
  if (typeof handler !== 'function') throw new Error(`${name} exports no handler.`);
  return handler;
}

/** Lets every module of a copy find that process and console before the global ones. */
function surround(copy: string): void {
  for (const file of readdirSync(copy).filter((one) => one.endsWith('.mjs'))) {
    const code = readFileSync(join(copy, file), 'utf8');
    const named = code.replace(/\bfrom\s*(["'])(?:node:)?process\1/g, "from'./surroundings.mjs'");
    writeFileSync(join(copy, file), `import { process, console } from './surroundings.mjs';${named}`);
  }
  writeFileSync(
    join(copy, 'surroundings.mjs'),
    `const { process, console } = globalThis[Symbol.for('eks-warden.local-world')].get(${JSON.stringify(copy)});
export { process, console, process as default };
export const { arch, cwd, emitWarning, env, hrtime, nextTick, platform, release, stderr, stdout, version, versions } = process;
`,
  );
}

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
