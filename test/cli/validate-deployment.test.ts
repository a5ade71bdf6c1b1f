import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { runCommand } from '../support/run-command.ts';

const folder = mkdtempSync(join(tmpdir(), 'eks-warden-'));
afterAll(() => rmSync(folder, { recursive: true }));
const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
const BASELINE = 'catalogue: 1\ncontrols: { eks-control-plane-logging: observe }\n';
const BASELINE_OK = 'baseline.yml: ok. 1 control (1 observe), 0 scopes, 0 waivers, 0 routes.\n';

it('checks the two files that belong together', async () => {
  write('baseline.yml', BASELINE);
  write('deploy.yml', 'region: eu-west-1\nemail: security@example.org\nregions: [eu-central-1]\n');
  expect(await runCommand(['validate'], { cwd: folder })).toEqual({
    code: 0,
    out: `${BASELINE_OK}deploy.yml: ok. eks-warden in eu-west-1, watching eu-central-1, eu-west-1, us-east-1; e-mail, no Slack.\n`,
    err: '',
  });
});

it('tells what is wrong with the one, and that the other is right', async () => {
  write('baseline.yml', BASELINE);
  write('deploy.yml', 'region: eu-west-1\nemail: security\n');
  const problem = 'email: "security" is no e-mail address: write one such as security@example.org.';
  expect(await runCommand(['validate'], { cwd: folder })).toEqual({
    code: 2,
    out: BASELINE_OK,
    err: `deploy.yml:2:8 ${problem}\n1 problem.\n`,
  });
  const { code, out } = await runCommand(['validate', '--format', 'json'], { cwd: folder });
  expect({ code, told: JSON.parse(out) }).toEqual({
    code: 2,
    told: {
      file: 'baseline.yml',
      ok: false,
      problems: [],
      deployment: { file: 'deploy.yml', ok: false, problems: [{ path: 'email', line: 2, column: 8, problem }] },
    },
  });
});

it('knows a deploy.yml of another name, in another place', async () => {
  write('ours.yml', 'region: cn-north-1\nemail: security@example.org\nname: warden\n');
  expect(await runCommand(['validate', 'ours.yml'], { cwd: folder })).toEqual({
    code: 0,
    out: 'ours.yml: ok. warden in cn-north-1, watching cn-north-1; e-mail, no Slack.\n',
    err: '',
  });
});

it('a deploy.yml as it is shipped is no mistake while nothing is deployed', async () => {
  write('baseline.yml', BASELINE);
  write('deploy.yml', "region: eu-west-1\nemail: ''\n");
  expect(await runCommand(['validate'], { cwd: folder })).toEqual({
    code: 0,
    out: `${BASELINE_OK}deploy.yml: not filled in yet. Write an e-mail address into it before npm run deploy.\n`,
    err: '',
  });
  expect((await runCommand(['validate', 'deploy.yml'], { cwd: folder })).code).toBe(2);
  write('deploy.yml', "region: eu-west-1\nemail: ''\nregion2: x\n");
  expect((await runCommand(['validate'], { cwd: folder })).code).toBe(2);
});
