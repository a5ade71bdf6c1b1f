import {
  chmodSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { Waiver } from '../../shared/baseline/baseline.ts';
import { withWaiver } from '../../shared/cli/waive/insert.ts';
import { json } from '../../shared/reports/formats/json.ts';
import { DAY } from '../../shared/runtime/clock.ts';
import { aReport } from '../support/a-report.ts';
import { runCommand } from '../support/run-command.ts';

const CONTROL = 'eks-endpoint-public-cidrs';
const KEY = '111122223333#eu-west-1#cluster#payments';
const date = (days: number) => new Date(Date.now() + days * DAY).toISOString().slice(0, 10);
const UNTIL = date(60);
const BASELINE = `# Ours.
catalogue: 1
controls:
  ${CONTROL}: notify   # for all

# Nothing yet.
waivers: []   # none

routes: [{ name: all, when: now, to: [email] }]
`;

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'eks-warden-'));
  file = join(folder, 'baseline.yml');
  writeFileSync(file, BASELINE);
  writeFileSync(join(folder, 'scan.json'), json(aReport()));
});
afterEach(() => rmSync(folder, { recursive: true }));

const OPTIONS = {
  reason: 'It moves in spring',
  ticket: 'SEC-1',
  until: UNTIL,
  approver: 'ben@example.com',
  requester: 'anna@example.com',
};
function run(
  what: readonly string[],
  options: Partial<Record<keyof typeof OPTIONS | 'from', string | undefined>> = {},
  ...more: string[]
) {
  const asked = Object.entries({ ...OPTIONS, ...options }).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, value],
  );
  return runCommand(['waive', ...what, ...asked, ...more], {
    cwd: folder,
    env: { NO_COLOR: '1', HOME: folder, GIT_CONFIG_NOSYSTEM: '1' },
  });
}
const text = () => readFileSync(file, 'utf8');
const refused = (sentence: string) => ({ code: 2, out: '', err: `eks-warden: ${sentence}\n` });

it('it is written behind the others, shown as a difference, and every comment stays', async () => {
  const done = await run([`${KEY}#${CONTROL}`]);
  expect(done).toEqual({
    code: 0,
    err: `baseline.yml is written. It holds from the next deployment on (npm run deploy), until the end of ${UNTIL} (UTC).\n`,
    out: `--- baseline.yml
+++ baseline.yml
@@ -4,6 +4,13 @@
   eks-endpoint-public-cidrs: notify   # for all
 
 # Nothing yet.
-waivers: []   # none
+waivers:   # none
+  - control: eks-endpoint-public-cidrs
+    resource: ${KEY}
+    reason: It moves in spring
+    ticket: SEC-1
+    requestedBy: anna@example.com
+    approvedBy: ben@example.com
+    until: ${UNTIL}
 
 routes: [{ name: all, when: now, to: [email] }]
`,
  });
  const glob = await run([CONTROL, 'glob:111122223333#*#cluster#lab-*'], { ticket: undefined });
  expect([glob.code, parse(text()).waivers.map(({ resource }: Waiver) => resource)]).toEqual([
    0,
    [KEY, 'glob:111122223333#*#cluster#lab-*'],
  ]);
  expect((await runCommand(['validate'], { cwd: folder })).out).toContain('2 waivers');
});

it('a name is looked up in a report, and what covers nothing in it is refused', async () => {
  const from = 'scan.json';
  const named = await run([CONTROL, 'payments'], { from });
  const none = await run([CONTROL, 'glob:111122223333#*#cluster#lab-*'], { from });
  expect([named.code, parse(text()).waivers[0].resource, none]).toEqual([
    0,
    KEY,
    refused(
      `glob:111122223333#*#cluster#lab-* covers nothing that ${CONTROL} was judged on, so it is not written. It was judged on ${KEY}, 444455556666#eu-west-1#cluster#orders.`,
    ),
  ]);
});

it('X-01, X-02: without a reason, an end within a year and another person it is refused, and the file is as it was', async () => {
  const id = [`${KEY}#${CONTROL}`];
  expect([
    await run(id, { approver: ' ANNA@example.com' }),
    await run(id, { until: date(366) }),
    await run(id, { until: 'tomorrow' }),
    await run(id, { reason: '  ' }),
  ]).toEqual([
    refused('baseline.yml is as it was. --approver must be another person than --requester.'),
    refused(`baseline.yml is as it was. --until must be at most 365 days from today: write ${date(365)} or earlier.`),
    { code: 2, out: '', err: expect.stringMatching(/^eks-warden: baseline\.yml is as it was\. --until .+\n$/) },
    { code: 2, out: '', err: expect.stringMatching(/^eks-warden: baseline\.yml is as it was\. --reason .+\n$/) },
  ]);
  const missing = await run(id, { until: undefined, approver: undefined });
  expect([missing.code, missing.err.split('\n')[0], text()]).toEqual([
    2,
    "error: required option '--until <date>' not specified",
    BASELINE,
  ]);
});

it('X-05: an unknown control, a kind it does not judge, and what is no pattern are refused', async () => {
  expect([
    await run(['eks-endpoint-public-cidr', KEY]),
    await run([CONTROL, '111122223333#eu-west-1#nodegroup#payments/a']),
    await run([CONTROL, 'glob:111122223333#eu-west-1#cluster#(a+)+$']),
    text(),
  ]).toEqual([
    refused(
      '"eks-endpoint-public-cidr" is neither a finding\'s id (account#region#kind#id#control, in quotes) nor a control. Did you mean eks-endpoint-public-cidrs? Controls: npx eks-warden controls',
    ),
    refused(`baseline.yml is as it was. The resource ${CONTROL} does not judge the kind nodegroup: write cluster.`),
    refused(
      'baseline.yml is as it was. The resource only * stands for something in a glob; got "glob:111122223333#eu-west-1#cluster#(a+)+$".',
    ),
    BASELINE,
  ]);
});

it('what covers nothing is refused where the file says so: an account that is not watched, a waiver that is there', async () => {
  writeFileSync(file, BASELINE.replace('controls:', 'accounts: ["111122223333"]\ncontrols:'));
  const elsewhere = await run([CONTROL, '444455556666#eu-west-1#cluster#payments']);
  await run([CONTROL, KEY]);
  expect([elsewhere, await run([CONTROL, KEY])]).toEqual([
    refused(
      'The account 444455556666 is not watched, so this would cover nothing: it is one of 111122223333, or add it to accounts first.',
    ),
    refused(`baseline.yml waives it until ${UNTIL} already (waivers[0]): there is nothing to add.`),
  ]);
});

it('a file that is wrong already is told of, and never written', async () => {
  writeFileSync(file, 'catalogue: 1\ncontrols:\n  node-no-ssh: nottify\n');
  const { code, err } = await run([CONTROL, KEY]);
  expect([code, /^baseline\.yml:3:\d+ /.test(err), text()]).toEqual([
    2,
    true,
    'catalogue: 1\ncontrols:\n  node-no-ssh: nottify\n',
  ]);
});

it('--dry-run shows and writes nothing; without a requester git is asked; without a file nothing is made up', async () => {
  const dry = await run([CONTROL, KEY], {}, '--dry-run');
  const nobody = await run([CONTROL, KEY], { requester: undefined });
  writeFileSync(join(folder, '.gitconfig'), '[user]\n  email = carla@example.com\n');
  const own = await run([CONTROL, KEY], { requester: undefined }, '--dry-run');
  expect([dry.err, nobody.err, /requestedBy: carla@example.com/.test(own.out), text()]).toEqual([
    'Nothing was written (--dry-run).\n',
    'eks-warden: Say who asks for it: --requester (git knows no e-mail address here).\n',
    true,
    BASELINE,
  ]);
  rmSync(file);
  expect((await run([CONTROL, KEY])).err).toBe(
    'eks-warden: There is no baseline.yml here: run this where it is, or name it with --baseline before waive.\n',
  );
});

it('the file is replaced in one step: its rights stay, a link stays a link, nothing is left beside it', async () => {
  chmodSync(file, 0o640);
  symlinkSync('baseline.yml', join(folder, 'linked.yml'));
  const args = [
    '--baseline',
    'linked.yml',
    'waive',
    CONTROL,
    KEY,
    '--reason',
    'x',
    '--until',
    UNTIL,
    '--approver',
    'b',
    '--requester',
    'a',
  ];
  const { code } = await runCommand(args, { cwd: folder });
  expect([
    code,
    (statSync(file).mode & 0o777).toString(8),
    readdirSync(folder).sort(),
    parse(text()).waivers.length,
  ]).toEqual([0, '640', ['baseline.yml', 'linked.yml', 'scan.json'], 1]);
});

const WAIVER: Waiver = {
  control: CONTROL,
  resource: KEY,
  reason: 'why',
  requestedBy: 'a',
  approvedBy: 'b',
  until: '2026-12-31',
};
const ONE = { ...WAIVER, reason: 'old' };
const FORMS: Record<string, string> = {
  'no list': 'catalogue: 1\ncontrols: {} # none\n',
  'an empty list': 'catalogue: 1\nwaivers: []\ncontrols: {}\n',
  'a key without a value': 'catalogue: 1\nwaivers:   # soon\ncontrols: {}\n',
  'a null': 'catalogue: 1\nwaivers: null\ncontrols: {}\n',
  'a list that is not indented': `catalogue: 1\nwaivers:\n- control: ${CONTROL}\n  resource: ${KEY}\n  reason: old\n  requestedBy: a\n  approvedBy: b\n  until: 2026-12-31 # late\n\n# The rest.\ncontrols: {}\n`,
  'a list of JSON': `{}\n`.replace('{}', `catalogue: 1\nwaivers: [${JSON.stringify(ONE)}] # in one line\ncontrols: {}`),
  'a list that ends the file without a line end': `catalogue: 1\ncontrols: {}\nwaivers:\n    - ${JSON.stringify(ONE)}`,
  'ends of lines of Windows and a mark': `\uFEFFcatalogue: 1\r\nwaivers: []\r\ncontrols: {}\r\n`,
};
it.each(Object.entries(FORMS))('it finds its place in %s, and changes nothing else', (_, before) => {
  const after = withWaiver(before, WAIVER);
  const was = parse(before.replace('\uFEFF', ''));
  expect(parse(after.replace('\uFEFF', ''))).toEqual({ ...was, waivers: [...(was.waivers ?? []), WAIVER] });
  const kept = before.replace(/waivers: (?:\[\]|null)/, 'waivers:').split(/\r?\n/);
  const lines = after.split(/\r?\n/);
  expect(kept.filter((line) => !lines.includes(line) && !line.includes('in one line'))).toEqual([]);
  expect([after.startsWith('\uFEFF'), /[^\r]\n/.test(after)]).toEqual([
    before.startsWith('\uFEFF'),
    /[^\r]\n/.test(before),
  ]);
});

it('a list by an alias, or a file of JSON, is left to a person', () => {
  const sentence = /so no waiver can be added by itself: write it by hand/;
  expect(() => withWaiver('catalogue: 1\nx: &w []\nwaivers: *w\n', WAIVER)).toThrow(sentence);
  expect(() => withWaiver('{"catalogue": 1}', WAIVER)).toThrow(sentence);
});

it('whatever a person writes is read again as just that', () => {
  const words = fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }).map((each) => each.toWellFormed());
  fc.assert(
    fc.property(words, words, fc.constantFrom(...Object.values(FORMS)), (reason, ticket, before) => {
      const waiver = { ...WAIVER, reason, ticket };
      expect(parse(withWaiver(before, waiver).replace('\uFEFF', '')).waivers.at(-1)).toEqual(waiver);
    }),
    {
      examples: [
        ['yes', '2026-01-01', FORMS['no list'] ?? ''],
        ['a: b # c', '- x', FORMS['a null'] ?? ''],
        ["it's", '012', FORMS['an empty list'] ?? ''],
      ],
    },
  );
});
