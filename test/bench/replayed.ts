import { spawn } from 'node:child_process';
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Part } from './figure.ts';
import { writeLogs } from './logs.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const BIN = join(ROOT, 'shared', 'cli', 'bin.mjs');

/** The command itself, from its start to its end, over logs made for it. */
export async function replayed(quick: boolean): Promise<Part> {
  const folder = mkdtempSync(join(tmpdir(), 'eks-warden-bench-'));
  try {
    const { files, bytes, records } = writeLogs(folder, quick ? 100e6 : 1000e6);
    const { seconds, memory } = await run(folder);
    return {
      figures: [
        {
          id: 'replay.throughput',
          what: `replay of ${files} files, ${records} records`,
          value: bytes / 1e6 / seconds,
          unit: 'MB/s',
        },
        { id: 'replay.memory', what: 'replay: most memory', value: memory, unit: 'MB' },
      ],
      how: '`eks-warden replay DIR --format json > /dev/null`, wall time with its start, and the most memory that the process ever had; 88 % of the records are reads.',
      details: { files, bytes, records, seconds },
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Memory is told by the process itself when it ends. */
async function run(folder: string): Promise<{ seconds: number; memory: number }> {
  const told = join(folder, 'memory');
  const tell = `import { writeFileSync } from 'node:fs';
process.on('exit', () => writeFileSync(${JSON.stringify(told)}, String(process.resourceUsage().maxRSS)));`;
  const began = performance.now();
  const child = spawn(process.execPath, [BIN, 'replay', folder, '--format', 'json'], {
    cwd: ROOT,
    env: { ...process.env, NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(tell)}` },
    stdio: ['ignore', openSync('/dev/null', 'w'), 'inherit'],
  });
  const status = await new Promise((resolve) => child.on('exit', resolve));
  const seconds = (performance.now() - began) / 1000;
  if (status !== 0) throw new Error(`The replay ended with ${status}.`);
  return { seconds, memory: (Number(readFileSync(told, 'utf8')) * 1024) / 1e6 };
}
