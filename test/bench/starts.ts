import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Figure, Part } from './figure.ts';
import { withBundles } from './sizes.ts';
import { median } from './statistics.ts';

/** Everything that any function wants at its start. */
const SETTINGS = {
  AWS_REGION: 'eu-west-1',
  FINDINGS_TABLE: 'findings',
  RECHECKS_QUEUE: 'http://127.0.0.1/rechecks',
  FIXES_QUEUE: 'http://127.0.0.1/fixes',
  SLACK_QUEUE: 'http://127.0.0.1/slack',
  SLACK_SECRET: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:slack',
  NOTICES_TOPIC: 'arn:aws:sns:eu-west-1:111122223333:notices',
  OWN_ACCOUNT: '111122223333',
  SWEEP_BUCKET: 'sweeps',
  WATCHED_REGIONS: 'eu-west-1',
  FIX_ROLE: 'arn:aws:iam::111122223333:role/eks-warden-fix',
};

/** The wall time of a process that does this and nothing else (ms). */
function processTime(code: string): number {
  const began = performance.now();
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', code], { env: SETTINGS });
  if (status !== 0) throw new Error(`A cold start failed: ${stderr}`);
  return performance.now() - began;
}

/** Rounds of one process each, in turn, so that what else the machine does falls on all alike. */
export async function starts(quick: boolean): Promise<Part> {
  const rounds = quick ? 10 : 25;
  return withBundles((folder) => {
    const names = readdirSync(folder).sort();
    const times = new Map<string, number[]>([['', []], ...names.map((name): [string, number[]] => [name, []])]);
    for (let round = 0; round <= rounds; round++) {
      for (const [name, all] of times) {
        const entry = pathToFileURL(join(folder, name, 'index.mjs')).href;
        const time = processTime(name === '' ? '' : `await import(${JSON.stringify(entry)})`);
        if (round > 0) all.push(time);
      }
    }
    const empty = median(times.get('') ?? []);
    const figures = names.flatMap((name): Figure[] => {
      const time = median(times.get(name) ?? []);
      return [
        { id: `start.${name}`, what: `${name} over an empty start`, value: time - empty, unit: 'ms' },
        { id: `start-ratio.${name}`, what: `${name} to an empty start`, value: time / empty, unit: '×' },
      ];
    });
    const how = `Medians of ${rounds} processes each that import the packaged function, minus an empty process (${empty.toFixed(1)} ms).`;
    return { figures, how, details: { empty, rounds } };
  });
}
