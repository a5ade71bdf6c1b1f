import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { compared, custodianFailing, ourFailing, prowlerFailing } from './verdicts.ts';

it('says how many were missed and how many are wrong', () => {
  const seeded = { logs: ['a', 'b', 'c'], keys: [] };
  const said = { logs: ['b', 'c', 'd', 'd'], others: ['x'] };
  expect(compared(seeded, said, ['logs', 'keys', 'absent'])).toEqual([
    { control: 'logs', seeded: 3, missed: 1, wrong: 1 },
    { control: 'keys', seeded: 0, missed: 0, wrong: 0 },
    { control: 'absent', seeded: 0, missed: 0, wrong: 0 },
  ]);
});

it('of our report what is unknown agrees with nothing', () => {
  const verdict = (control: string, verdict: string, id: string) => ({ control, verdict, resource: { id } });
  const verdicts = [verdict('logs', 'fail', 'a'), verdict('logs', 'unknown', 'b'), verdict('keys', 'pass', 'a')];
  const failing = ourFailing(JSON.stringify({ verdicts }));
  expect(failing).toEqual({ logs: ['a', 'b unknown'] });
  expect(compared({ logs: ['a', 'b'] }, failing, ['logs'])).toEqual([
    { control: 'logs', seeded: 2, missed: 1, wrong: 1 },
  ]);
});

it('reads failures of shared checks from the file of Prowler, by our control', () => {
  const rows = [
    'CHECK_ID;STATUS;RESOURCE_NAME',
    'eks_cluster_not_publicly_accessible;FAIL;a',
    'eks_cluster_not_publicly_accessible;PASS;b',
    'eks_cluster_not_publicly_accessible;FAIL;"c"',
    'ecr_repositories_lifecycle_policy_enabled;FAIL;d',
  ];
  expect(prowlerFailing(`${rows.join('\n')}\n`)).toEqual({ 'eks-endpoint-public-cidrs': ['a', 'c'] });
});

it('reads what the policies of Custodian matched, by what each resource is called', () => {
  const folder = mkdtempSync(join(tmpdir(), 'eks-warden-'));
  const matched = {
    'eks-version-supported': [{ name: 'a' }],
    'node-no-ssh': [{ clusterName: 'a', nodegroupName: 'n' }],
    'ecr-tag-immutable': [{ repositoryName: 'team/app' }],
  };
  for (const [policy, resources] of Object.entries(matched)) {
    mkdirSync(join(folder, policy));
    writeFileSync(join(folder, policy, 'resources.json'), JSON.stringify(resources));
  }
  expect(custodianFailing(folder)).toEqual({
    'eks-version-supported': ['a'],
    'node-no-ssh': ['a/n'],
    'ecr-tag-immutable': ['team/app'],
  });
  rmSync(folder, { recursive: true });
});
