import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { aRecord } from '../support/a-record.ts';
import { runCommand } from '../support/run-command.ts';

const folder = mkdtempSync(join(tmpdir(), 'eks-warden-'));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, 'baseline.yml'), 'catalogue: 1\ncontrols:\n  eks-control-plane-logging: notify\n');

const types = ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'];
const place = { account: '111122223333', region: 'eu-west-1', began: Date.parse('2026-11-20T10:20:00Z') };
const describe = { ...place, action: 'eks:DescribeCluster', input: { name: 'payments' } };
const cluster = (on: string[]) => ({
  name: 'payments',
  arn: 'arn:aws:eks:eu-west-1:111122223333:cluster/payments',
  status: 'ACTIVE',
  version: '1.33',
  logging: { clusterLogging: [{ types: on, enabled: true }] },
});

const takes: Record<string, [read: object, code: number, verdict: object, states: string[]]> = {
  'logs that are off': [
    { ...describe, outcome: 'found', value: { cluster: cluster(['api']) } },
    1,
    { verdict: 'fail' },
    ['open'],
  ],
  'logs that are on': [
    { ...describe, outcome: 'found', value: { cluster: cluster(types) } },
    0,
    { verdict: 'pass' },
    [],
  ],
  'a read that was refused': [
    { ...describe, outcome: 'refused', missing: 'eks:DescribeCluster', why: 'AccessDenied' },
    3,
    { verdict: 'unknown' },
    ['unsure'],
  ],
};
it.each(Object.entries(takes))('judges %s as the snapshot shows it', async (_, [read, code, verdict, states]) => {
  const snapshot = join(folder, `${code}.json`);
  writeFileSync(
    snapshot,
    JSON.stringify({
      eksWardenSnapshot: 1,
      takenAt: '2026-11-20T10:20:01Z',
      accounts: ['111122223333'],
      reads: [read],
    }),
  );
  const ran = await runCommand(['replay', '-', '--snapshot', snapshot, '--format', 'json'], {
    cwd: folder,
    input: JSON.stringify(aRecord),
  });
  const { verdicts, findings } = JSON.parse(ran.out);
  expect({ code: ran.code, verdicts, states: findings.map(({ state }: { state: string }) => state) }).toEqual({
    code,
    verdicts: [
      expect.objectContaining({ kind: 'cluster', id: 'payments', control: 'eks-control-plane-logging', ...verdict }),
    ],
    states,
  });
});

it.each([
  ['is not there', 'none.json', 'none.json'],
  ['is something else', 'baseline.yml', 'baseline.yml'],
])('says in a sentence that a snapshot %s, prints nothing, and ends with 2', async (_, name, file) => {
  const { code, out, err } = await runCommand(['replay', '-', '--snapshot', name, '--format', 'json'], {
    cwd: folder,
    input: JSON.stringify(aRecord),
  });
  expect({ code, out, lines: err.trimEnd().split('\n').length, names: err.includes(file) }).toEqual({
    code: 2,
    out: '',
    lines: 1,
    names: true,
  });
});

it('tells people how many verdicts could not be given', async () => {
  const [read] = takes['a read that was refused'] ?? [];
  const snapshot = { eksWardenSnapshot: 1, takenAt: '2026-11-20T10:20:01Z', accounts: ['111122223333'], reads: [read] };
  writeFileSync(join(folder, 'refused.json'), JSON.stringify(snapshot));
  const { out } = await runCommand(['replay', '-', '--snapshot', 'refused.json'], {
    cwd: folder,
    input: JSON.stringify(aRecord),
  });
  expect(out.split('\n').filter((line) => line.includes('verdict'))).toEqual([
    '1 verdict (1 unknown), 1 finding, 0 notices.',
  ]);
});
