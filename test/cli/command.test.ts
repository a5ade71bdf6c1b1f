import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { CATALOGUE } from '../../shared/controls/catalogue.ts';
import { runCommand } from '../support/run-command.ts';

const folder = mkdtempSync(join(tmpdir(), 'eks-warden-'));
afterAll(() => rmSync(folder, { recursive: true }));
/** The Node that npm itself runs on: often an older one than ours. */
const theirs = process.env.npm_node_execpath ?? process.execPath;

it('lists every control for people', async () => {
  const { code, out, err } = await runCommand(['controls'], { cwd: folder });
  const lines = out.split('\n');
  expect({ code, err, head: lines[0]?.split(/ +/), ids: lines.slice(1, -3).map((line) => line.split(' ')[0]) }).toEqual(
    {
      code: 0,
      err: '',
      head: ['Control', 'Severity', 'Fix', 'Judges', 'Title'],
      ids: CATALOGUE.map(({ id }) => id),
    },
  );
});

it('prints the catalogue as one document for programs', async () => {
  const { code, out } = await runCommand(['controls', '--format', 'json'], { cwd: folder, node: theirs });
  const controls: { id: string; messages: object; params: object }[] = JSON.parse(out);
  const logging = controls.find(({ id }) => id === 'eks-control-plane-logging');
  const types = ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'];
  expect({ code, ids: controls.map(({ id }) => id), logging }).toEqual({
    code: 0,
    ids: CATALOGUE.map(({ id }) => id),
    logging: {
      id: 'eks-control-plane-logging',
      group: 'cluster',
      title: 'All five control-plane log types are on',
      severity: 'high',
      resources: ['cluster'],
      needs: [],
      triggers: ['eks:CreateCluster', 'eks:UpdateClusterConfig'],
      reads: ['eks:DescribeCluster'],
      fix: 'auto',
      uses: ['eks:UpdateClusterConfig'],
      params: [
        {
          name: 'requiredTypes',
          schema: { type: 'array', minItems: 1, items: { type: 'string', enum: types } },
          default: types,
          description: 'Log types that must be on.',
        },
      ],
      references: { cis: ['2.1.1', '2.1.2'], securityHub: ['EKS.8'], nist: ['AU-2', 'AU-3', 'AU-12'], pci: ['10.2.1'] },
      why: 'Without audit and authenticator logs nobody can tell who did what inside the cluster.',
      howToFix: 'Turn on the missing log types; they go to the log group /aws/eks/<cluster>/cluster.',
      messages: {
        auditMissing: { text: 'Audit or authenticator logs are off: {missing}.', severity: 'high' },
        typesMissing: { text: 'Log types are off: {missing}.', severity: 'medium' },
      },
      notJudged: {},
    },
  });
});

it('shows one control in full, with what to write into the baseline', async () => {
  const { code, out } = await runCommand(['controls', 'eks-control-plane-logging'], { cwd: folder });
  const headings = out.split('\n').filter((line) => /^[A-Z]/.test(line));
  expect({ code, headings, last: out.trimEnd().split('\n').slice(-6) }).toEqual({
    code: 0,
    headings: [
      'All five control-plane log types are on',
      'Why',
      'How to put it right',
      'What it judges',
      'When it is checked',
      'What it reads',
      'What a finding says',
      'What can be set',
      'Maps to',
      'In baseline.yml',
    ],
    last: [
      'In baseline.yml',
      '  controls:',
      '    eks-control-plane-logging:',
      '      mode: notify',
      '      params:',
      '        requiredTypes: ["api","audit","authenticator","controllerManager","scheduler"]',
    ],
  });
});

it('takes the baseline of the folder, else the shipped one', async () => {
  const own = join(folder, 'own');
  mkdirSync(own);
  writeFileSync(join(own, 'baseline.yml'), 'catalogue: 1\ncontrols:\n  eks-control-plane-logging: observe\n');
  const [here, shipped] = await Promise.all([
    runCommand(['validate'], { cwd: own }),
    runCommand(['validate'], { cwd: folder }),
  ]);
  expect([here, { ...shipped, out: shipped.out.replace(/.*baseline\.yml:/, '') }]).toEqual([
    { code: 0, out: 'baseline.yml: ok. 1 control (1 observe), 0 scopes, 0 waivers, 0 routes.\n', err: '' },
    {
      code: 0,
      out: ` ok. ${CATALOGUE.length} controls (${CATALOGUE.length} notify), 0 scopes, 0 waivers, 2 routes.\n`,
      err: '',
    },
  ]);
});

it('tells every problem of a baseline with its place, and ends with 2', async () => {
  const file = join(folder, 'wrong.yml');
  writeFileSync(
    file,
    'catalogue: 1\ncontrols:\n  eks-control-plane-loging: notify\n  eks-control-plane-logging: nottify\n',
  );
  const problems = [
    {
      path: 'controls["eks-control-plane-loging"]',
      line: 3,
      column: 3,
      problem:
        'controls["eks-control-plane-loging"]: "eks-control-plane-loging" is no control of this catalogue. Did you mean eks-control-plane-logging?',
    },
    {
      path: 'controls["eks-control-plane-logging"]',
      line: 4,
      column: 30,
      problem: 'controls["eks-control-plane-logging"]: "nottify" is not known here. Did you mean notify?',
    },
  ];
  const lines = problems.map(({ line, column, problem }) => `wrong.yml:${line}:${column} ${problem}\n`).join('');
  const [forPeople, forPrograms, replaying] = await Promise.all([
    runCommand(['validate', 'wrong.yml'], { cwd: folder }),
    runCommand(['validate', 'wrong.yml', '--format', 'json'], { cwd: folder }),
    runCommand(['replay', '-', '--baseline', 'wrong.yml'], { cwd: folder, input: '[]' }),
  ]);
  expect([forPeople, { ...forPrograms, out: JSON.parse(forPrograms.out) }, replaying]).toEqual([
    { code: 2, out: '', err: `${lines}2 problems.\n` },
    { code: 2, out: { file: 'wrong.yml', ok: false, problems }, err: '' },
    { code: 2, out: '', err: `${lines}2 problems.\n` },
  ]);
});

it('shows no lines for baseline.yml that it would refuse', async () => {
  const { out } = await runCommand(['controls', ...CATALOGUE.map(({ id }) => id)], { cwd: folder });
  const lines = [...out.matchAll(/^In baseline\.yml\n {2}controls:\n((?: {4}.*\n?)+)/gm)].map(([, part = '']) => part);
  writeFileSync(join(folder, 'shown.yml'), `catalogue: 1\ncontrols:\n${lines.join('')}`);
  expect(await runCommand(['validate', 'shown.yml'], { cwd: folder })).toEqual({
    code: 0,
    err: '',
    out: `shown.yml: ok. ${CATALOGUE.length} controls (${CATALOGUE.length} notify), 0 scopes, 0 waivers, 0 routes.\n`,
  });
});

it('does not promise a fix that no baseline allows', async () => {
  const { out } = await runCommand(['controls', 'ecr-policy-public'], { cwd: folder });
  expect(out.split('\n').find((line) => line.includes('Fix:'))).toBe(
    '  Fix: auto; eks-warden shows the exact call, and a person makes it.',
  );
});

const mistakes: Record<string, [args: string[], err: string]> = {
  'an unknown control': [
    ['controls', 'eks-control-plane-loging'],
    'eks-warden: There is no control "eks-control-plane-loging". Did you mean eks-control-plane-logging? All: npx eks-warden controls\n',
  ],
  'a baseline that is not there': [['validate', 'none.yml'], 'eks-warden: none.yml: There is no such file.\n'],
  'a folder for a baseline': [['validate', '.'], 'eks-warden: .: That is a folder.\n'],
  'logs that are not there': [['replay', 'none.json'], 'eks-warden: none.json: There is no such file.\n'],
  'an unknown command': [
    ['valdate'],
    "error: unknown command 'valdate'\n(Did you mean validate?)\nHelp: npx eks-warden --help\n",
  ],
  'an unknown format': [
    ['controls', '--format', 'xml'],
    "error: option '--format <format>' argument 'xml' is invalid. Allowed choices are table, json.\nHelp: npx eks-warden --help\n",
  ],
  'a name with escapes in it': [['validate', '\u001b[2Jx'], 'eks-warden: \\u001b[2Jx: There is no such file.\n'],
};
it.each(Object.entries(mistakes))('says %s in a sentence and ends with 2', async (_, [args, err]) => {
  expect(await runCommand(args, { cwd: folder })).toEqual({ code: 2, out: '', err });
});

it.each([[['--help']], [['controls', '--help']], [['validate', '--help']], [['replay', '--help']], [['--version']]])(
  'answers %j and ends with 0',
  async (args) => {
    const { code, out, err } = await runCommand(args, { cwd: folder });
    expect({ code, says: out.length > 5, err }).toEqual({ code: 0, says: true, err: '' });
  },
);

const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'baseline.md'), 'utf8');
const documented = [...page.matchAll(/^npx eks-warden (.*?)(?: +#.*)?$/gm)].map(([, args = '']) => args);
it.each(documented)('runs %s, as docs/baseline.md has it', async (args) => {
  const { code, err } = await runCommand(args.split(' '), { cwd: folder });
  expect({ code, err }).toEqual({ code: 0, err: '' });
});
