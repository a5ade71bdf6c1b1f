import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../stack/place.ts';
import { ToolError } from '../../stack/tool-error.ts';
import { CACHE, type Delays, environmentFor, type PeersEstate } from './estate.ts';
import type { Run, Venvs } from './tools.ts';
import type { Failing } from './verdicts.ts';

/** A run takes no longer than this (s). */
const LONGEST = 400;

export interface Taken {
  seconds: number;
  cpuSeconds: number;
  /** Of the largest process, as the kernel counts it. */
  memoryMB: number;
  /** Of all processes together at one moment, at their most. */
  togetherMB: number;
  calls: number;
  /** Calls under way beside each other, in the mean while there were any. */
  atOnce: number;
}

export interface Measured extends Taken {
  actions: Readonly<Record<string, number>>;
  failing: Failing;
}

interface Told {
  code: number;
  seconds: number;
  cpuSeconds: number;
  memoryMB: number;
  togetherMB: number;
}

/** Runs a tool against the account, from its start to its end. */
export async function measure(estate: PeersEstate, venvs: Venvs, run: Run, delays: Delays): Promise<Measured> {
  run.clear();
  const [result, output] = [join(CACHE, 'taken.json'), join(CACHE, 'output')];
  const script = join(import.meta.dirname, 'python', 'measured.py');
  await estate.reset(delays);
  const child = spawn(join(venvs.moto, 'bin', 'python'), [script, result, `${LONGEST}`, output, ...run.command], {
    cwd: ROOT,
    env: environmentFor(estate.url),
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const status = await new Promise((resolve) => child.on('exit', resolve));
  if (status !== 0) throw new ToolError(`${run.name} could not be measured.`);
  const { code, seconds, cpuSeconds, memoryMB, togetherMB }: Told = JSON.parse(readFileSync(result, 'utf8'));
  if (!run.fine.includes(code)) {
    const why = [output, `${output}.err`].map((file) => readFileSync(file, 'utf8').slice(-1500));
    throw new ToolError(`${run.name} ended with ${code}:\n${why.join('\n')}`);
  }
  const { calls, actions, sumSeconds, busySeconds } = await estate.counts();
  const atOnce = busySeconds > 0 ? sumSeconds / busySeconds : 0;
  return { seconds, cpuSeconds, memoryMB, togetherMB, calls, atOnce, actions, failing: run.failing(output) };
}
