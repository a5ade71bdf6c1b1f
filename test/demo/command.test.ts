import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'eks-warden-demo-'));
});
afterAll(() => rmSync(dir, { recursive: true }));

const run = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args], {
    cwd: dir,
    env: { PATH: process.env.PATH, NO_COLOR: '1' },
    encoding: 'utf8',
  });
  return { code: status, out: stdout, err: stderr };
};

const STORY = `title: "A \\e[31mred\\e[0m story \\u202e"
start: 2026-11-20T09:00:00Z
actors:
  mallory: { role: "admin", session: "x\\u202e<script>", with: sdk, userAgent: "\\e]0;owned\\a <b>" }
scenes:
  - title: A repository is made public
    steps:
      - act: ecr:SetRepositoryPolicy
        by: mallory
        input:
          repositoryName: \${repository}
          policyText: '{"Version":"2012-10-17","Statement":[{"Sid":"<img src=x>","Effect":"Allow","Principal":"*","Action":"ecr:BatchGetImage"}]}'
`;

it("plays somebody's own story in plain text, writes the page, and compares", () => {
  writeFileSync(join(dir, 'mine.yml'), STORY);
  const { code, out, err } = run('--story', 'mine.yml', '--page', 'page.html');
  expect({ code, err }).toEqual({ code: 0, err: '' });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that there are none is the point.
  expect(out.match(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/)).toBe(null);
  expect(out.split('\n').filter((line) => line.length > 100)).toEqual([]);
  const lines = out.split('\n').map((line) => line.trim());
  expect(lines.filter((line) => /CRITICAL|event|tripled|page/.test(line))).toEqual([
    '09:00:00  event     ecr:SetRepositoryPolicy on ECR repository payments-api',
    'CRITICAL  ECR repository payments-api: The policy lets anyone in, without a condition',
    '09:00:05  slack     CRITICAL: ECR repository payments-api: The policy lets anyone in, without a…',
    '1 event, 2 looks with 4 reads',
    'The same 1 event tripled and shuffled 100 times: the same table,',
    'The page of findings: page.html',
  ]);
  const page = readFileSync(join(dir, 'page.html'), 'utf8');
  expect(page).toContain('&lt;img src=x&gt;');
  expect(page).not.toContain('<img');
});

it.each([
  ['a story with a mistake', ['--story', 'broken.yml'], ['broken.yml:1 scenes: is missing: it must be a list.']],
  ['no such file', ['--story', 'none.yml'], [expect.stringMatching(/^The story none\.yml cannot be read: ENOENT/)]],
  ['an option that it does not know', ['--stroy', 'x'], ["Unknown option '--stroy'"]],
])('ends with a sentence and 2: %s', (_, args, told) => {
  writeFileSync(join(dir, 'broken.yml'), 'title: t\nstart: 2026-11-20T09:00:00Z\n');
  const { code, out, err } = run(...args);
  expect({ code, out, err: err.trimEnd().split('\n') }).toEqual({ code: 2, out: '', err: told });
});

const stepping = (step: string) =>
  `title: t\nstart: 2026-11-20T09:00:00Z\nscenes:\n  - title: one\n    steps: [{ wait: 1s }, ${step}]\n`;

it.each([
  [
    'a change that AWS does not know',
    stepping('{ change: { iam: { rolez: {} } } }'),
    ['--page', 'page.html'],
    'scenes[0].steps[1]: the account cannot be like that: iam.rolez is unknown.',
  ],
  [
    'a page that cannot be written',
    stepping('{ wait: 1s }'),
    ['--page', '.'],
    expect.stringMatching(/^The page \. cannot be written: EISDIR/),
  ],
])('plays so far, then ends with a sentence and 2: %s', (_, story, args, told) => {
  writeFileSync(join(dir, 'story.yml'), story);
  const { code, err } = run('--story', 'story.yml', ...args);
  expect({ code, err: err.trimEnd().split('\n') }).toEqual({ code: 2, err: [told] });
});
