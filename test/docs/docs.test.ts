import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, normalize } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parse } from 'yaml';
import { known } from '../../shared/baseline/load.ts';
import { readBaseline } from '../../shared/baseline/read.ts';
import { deploymentOf, isDeployment } from '../../shared/deployment/deploy-file.ts';
import { readStory } from '../demo/story/read-story.ts';
import { type Block, blocksOf, linksOf, pages, ROOT } from '../support/pages.ts';
import { operatorTools, readerTools } from '../support/reader-tools.ts';
import { SAMPLE_NOW } from '../support/sample-catalogue.ts';

const PAGES = pages();
const BLOCKS = PAGES.flatMap(blocksOf);
const inLanguage = (...languages: string[]) =>
  BLOCKS.filter(({ language }) => languages.includes(language)).map(
    (block) => [`${block.page}:${block.line}`, block] as const,
  );

/** Pages for whoever has an account: their commands are there, and are not run. */
const OPERATED = new Set(
  ['deploy', 'explaining', 'formats', 'many-accounts', 'operating', 'scanning', 'slack', 'sweep'].map(
    (page) => `docs/${page}.md`,
  ),
);

let folder: string;
let tools: { reader: string; operator: string };
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'eks-warden-'));
  tools = { reader: readerTools(folder), operator: operatorTools(folder) };
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a block as a reader's shell would, and gives how it ended and what it printed. */
function run({ text, page = '' }: Pick<Block, 'text'> & { page?: string }) {
  const bin = OPERATED.has(page) || text.includes('npm run deploy') ? tools.operator : tools.reader;
  // A block may use what an earlier one of its page asked for.
  const env = { PATH: `${bin}:/usr/local/bin:/usr/bin:/bin`, HOME: folder, bus: 'asked for above' };
  const { status, stdout, stderr } = spawnSync('bash', ['--norc', '-euo', 'pipefail', '-c', text], {
    cwd: ROOT,
    env,
    encoding: 'utf8',
  });
  return { status, stdout, stderr };
}

it.each(inLanguage('sh', 'bash', 'shell', 'console'))('the commands at %s run', (_, block) => {
  const { status, stderr } = run(block);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

it.each(inLanguage('yaml', 'yml'))(
  'the YAML at %s is a story, or part of a valid baseline or deploy.yml',
  (_, { text, page }) => {
    const value: unknown = parse(text);
    expect(value).toBeTypeOf('object');
    if (isDeployment(text)) {
      expect(
        deploymentOf(`region: eu-west-1\nemail: security@example.org\n${text.replace(/^(?:region|email):.*\n/gm, '')}`),
      ).toHaveProperty('deployment');
      return;
    }
    if (Object.hasOwn(value as object, 'scenes')) {
      expect(readStory(text, page).scenes.length).toBeGreaterThan(0);
      return;
    }
    const whole = { catalogue: 1, controls: {}, ...(value as object) };
    expect(readBaseline(JSON.stringify(whole), known(SAMPLE_NOW))).toEqual({ data: whole });
  },
);

it.each(inLanguage('ts'))('the code at %s is the file that it names', (_, { text }) => {
  const [, path = '', rest] = /^\/\/ (\S+)\n([\s\S]*)$/.exec(text) ?? [];
  expect(rest).toBe(readFileSync(join(ROOT, path), 'utf8'));
});

it('every block is in a language that is checked, or is plain text', () => {
  const odd = BLOCKS.filter(({ language }) => !['sh', 'yaml', 'ts', 'mermaid', 'text', 'json'].includes(language));
  expect(odd.map(({ page, line, language }) => `${page}:${line} ${language}`)).toEqual([]);
});

it('a command that is wrong is found', () => {
  const wrong = ['npm run nothing', 'npx eks-warden nothing', 'aws s3 ls', 'npm run demo -- --story no-such.yml'];
  expect(wrong.map((text) => run({ text }).status)).toEqual([64, 2, 64, 64]);
  const operated = [
    'npx eks-warden nothing',
    'npx eks-warden doctor --nothing',
    'npm run nothing',
    'npx serverless nothing',
  ];
  const page = 'docs/operating.md';
  expect(operated.map((text) => run({ text, page }).status)).toEqual([64, 64, 64, 64]);
  expect(run({ text: 'aws cloudformation deploy --template-file .build/nothing.yml', page }).status).toBe(64);
});

it('replays what aws cloudtrail lookup-events prints', () => {
  const { stdout } = run({ text: 'aws cloudtrail lookup-events --max-items 500 | npx eks-warden replay -' });
  expect(stdout).toContain('cluster payments');
  expect(stdout).toContain('3 events');
});

it('every link within the repository leads somewhere', () => {
  const dead = PAGES.flatMap((page) =>
    linksOf(page)
      .map((link) => normalize(join(dirname(page.path), link)))
      .filter((path) => !existsSync(join(ROOT, path)))
      .map((path) => `${page.path}: ${path}`),
  );
  expect(dead).toEqual([]);
});

it('the README is short and begins with the two commands', () => {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const [first, second] = blocksOf({ path: 'README.md', text: readme });
  expect(readme.split('\n').length).toBeLessThanOrEqual(150);
  expect([first?.text, second?.text]).toEqual(['npm ci && npm run demo\n', 'npm ci && npm test\n']);
});

it('the list of decisions is that of the pages, each with its three parts', () => {
  const at = join(ROOT, 'docs', 'decisions');
  const files = readdirSync(at)
    .filter((file) => file !== 'README.md')
    .sort();
  const titles = files.map((file) => /^# (\d+)\. (.+)$/m.exec(readFileSync(join(at, file), 'utf8')));
  const listed = readFileSync(join(at, 'README.md'), 'utf8').match(/^\d+\. .+$/gm);
  expect(listed).toEqual(files.map((file, i) => `${titles[i]?.[1]}. [${titles[i]?.[2]}](${file})`));
  expect(titles.map((title) => String(title?.[1]).padStart(4, '0'))).toEqual(files.map((file) => file.slice(0, 4)));
  const parts = files.map((file) => readFileSync(join(at, file), 'utf8').match(/^## .+$/gm));
  expect(parts).toEqual(files.map(() => ['## Context', '## Decision', '## Consequences']));
});

it('the glossary has each word once, in the order of the alphabet', () => {
  const text = readFileSync(join(ROOT, 'docs', 'glossary.md'), 'utf8');
  const words = [...text.matchAll(/^\| ([a-z][^|]*?) \|/gm)].map(([, word]) => word).slice(1);
  expect(words).toEqual([...new Set(words)].sort());
});

it('no page speaks of places outside the repository', () => {
  const places = /\/work\/|\/tmp\/|\.\.\/shared\/(?:design|style|controls|reliability)\.md|localhost:\d/;
  expect(PAGES.filter(({ text }) => places.test(text)).map(({ path }) => path)).toEqual([]);
});
