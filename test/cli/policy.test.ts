import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, expect, it } from 'vitest';
import { runCommand } from '../support/run-command.ts';

const folder = mkdtempSync(join(tmpdir(), 'eks-warden-'));
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(() => {
  writeFileSync(join(folder, 'deploy.yml'), 'region: eu-west-1\nemail: security@example.org\n');
  writeFileSync(join(folder, 'baseline.yml'), 'catalogue: 1\ncontrols: { eks-control-plane-logging: remediate }\n');
});

const policy = (...args: string[]) => runCommand(['policy', ...args], { cwd: folder });
const FOR = ['--account', '111122223333', '--format', 'json'];

it('prints what a reader may do, for the controls that are on', async () => {
  const { code, out, err } = await policy('reader', ...FOR);
  expect({ code, err, policy: JSON.parse(out) }).toEqual({
    code: 0,
    err: '',
    policy: {
      Version: '2012-10-17',
      Statement: expect.arrayContaining([
        {
          Sid: 'ReadEksCluster',
          Effect: 'Allow',
          Action: expect.arrayContaining(['eks:DescribeCluster']),
          Resource: ['arn:aws:eks:*:111122223333:cluster/*'],
        },
      ]),
    },
  });
});

it('prints what a deployer may do as IAM takes it, and its size beside it', async () => {
  const { code, out, err } = await policy('deployer', '--account', '111122223333');
  const { Version, Statement }: { Version: string; Statement: object[] } = JSON.parse(out);
  const size = JSON.stringify({ Version, Statement }).length;
  expect({ code, err }).toEqual({
    code: 0,
    err: `${size} characters; IAM takes 6,144 in a managed policy, 10,240 inline in a role.\n`,
  });
});

it.each([
  ['nobody knows', ['somebody', ...FOR], 'There is no policy "somebody": deployer, reader, fixer.'],
  ['an account that is none', ['reader', '--account', '12'], '"12" is no account: write its twelve digits.'],
])('%s is said in a sentence', async (_, args, sentence) => {
  expect(await policy(...args)).toEqual({ code: 2, out: '', err: `eks-warden: ${sentence}\n` });
});

it('without anything to fix there is no policy of a fixer', async () => {
  writeFileSync(join(folder, 'baseline.yml'), 'catalogue: 1\ncontrols: { ecr-policy-public: notify }\n');
  expect(await policy('fixer', ...FOR)).toEqual({
    code: 2,
    out: '',
    err: 'eks-warden: Nothing may be fixed: no control of the baseline is in approve or remediate, so there is no such role.\n',
  });
});

it('without a deploy.yml it says where to go', async () => {
  rmSync(join(folder, 'deploy.yml'));
  expect(await policy('reader', ...FOR)).toEqual({
    code: 2,
    out: '',
    err: 'eks-warden: There is no deploy.yml in this folder: go to the folder that has it, or name it in EKS_WARDEN_DEPLOY.\n',
  });
});
