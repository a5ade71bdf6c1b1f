import { execFileSync } from 'node:child_process';
import { globSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Report } from './bench.ts';
import { isMet, TARGETS } from './figure.ts';
import { writeLogs } from './logs.ts';
import { median, quantile } from './statistics.ts';

const ROOT = join(import.meta.dirname, '..', '..');

let folder: string;
let printed: string;
let report: Report;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'eks-warden-'));
  const file = join(folder, 'report.json');
  const asked = ['--quick', '--only', 'sizes,calls', '--json', file];
  const main = join(ROOT, 'test', 'bench', 'main.ts');
  printed = execFileSync(process.execPath, ['--expose-gc', main, ...asked], { encoding: 'utf8' });
  report = JSON.parse(readFileSync(file, 'utf8'));
});
afterAll(() => rmSync(folder, { recursive: true }));

it('says where it ran', () => {
  const { node, platform, cores, cpu, memoryGB, quick } = report.environment;
  expect({ node, platform, quick }).toEqual({
    node: process.versions.node,
    platform: `${process.platform} ${process.arch}`,
    quick: true,
  });
  expect([typeof cores, typeof cpu, typeof memoryGB]).toEqual(['number', 'string', 'number']);
});

it('holds each figure to its target, and says whether it is met', () => {
  const held = report.figures.filter(({ target }) => target !== undefined);
  expect(held.map(({ id, target, met }) => ({ id, target, met }))).toEqual(
    held.map(({ id, value }) => {
      const target = TARGETS[id];
      return { id, target, met: target && isMet(value, target) };
    }),
  );
  const asked = Object.keys(TARGETS).filter((id) => /^(zipped|look|untouched|ten-events)\./.test(id));
  expect(held.map(({ id }) => id).sort()).toEqual(asked.sort());
});

it('measures every function and every sample', () => {
  const entries = globSync('functions/**/index.ts', { cwd: ROOT });
  const functions = entries.map((entry) => basename(dirname(entry))).sort();
  const zipped = report.figures.filter(({ id }) => id.startsWith('zipped.'));
  expect(zipped.map(({ id, part, unit }) => ({ id, part, unit }))).toEqual(
    functions.map((name) => ({ id: `zipped.${name}`, part: 'sizes', unit: 'kB' })),
  );
  const details = report.parts.calls?.details ?? {};
  const samples = readdirSync(join(ROOT, 'events', 'samples')).filter((file) => file.endsWith('.json'));
  expect(Object.keys(details.events ?? {})).toEqual(samples.map((file) => file.slice(0, -5)).sort());
});

it('prints every figure that it writes', () => {
  expect(report.figures.filter(({ what }) => !printed.includes(what))).toEqual([]);
});

it('fails with a sentence for a part that it does not have', () => {
  const asked = [join(ROOT, 'test', 'bench', 'main.ts'), '--only', 'speed'];
  expect(() => execFileSync(process.execPath, asked, { stdio: 'pipe' })).toThrow('There is no part speed');
});

it('makes logs that are CloudTrail files of at most 50 MB', () => {
  const logs = mkdtempSync(join(folder, 'logs-'));
  const { files, bytes, records } = writeLogs(logs, 200_000);
  const text = readFileSync(join(logs, 'logs-0000.json'), 'utf8');
  expect({ files, bytes, records }).toEqual({ files: 1, bytes: text.length, records: JSON.parse(text).Records.length });
});

it('takes the value that a share of the values is at or below', () => {
  const values = [9, 1, 8, 2, 7, 3, 6, 4, 5, 10];
  expect([median(values), quantile(values, 0.99), quantile(values, 0)]).toEqual([5, 10, 1]);
});
