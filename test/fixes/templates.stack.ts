import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { SNIPPETS } from '../../shared/cli/explain/snippets/index.ts';
import { REGION } from '../stack/place.ts';
import { venvOf } from '../stack/python.ts';
import { HOSTILE_NAMES, type NamedPlace, named, PLACES } from '../support/places.ts';

const folder = mkdtempSync(join(tmpdir(), 'eks-warden-'));
afterAll(() => rmSync(folder, { recursive: true }));
const lint = join(
  venvOf('cfn-lint', () => undefined),
  'bin',
  'cfn-lint',
);

interface Match {
  Filename: string;
  Message: string;
  Rule: { Id: string };
}

/** Right as they are: a file shows only what has to change, and has words in capitals where a person's own go. */
const EXPLAINED: Readonly<Record<string, string>> = {
  E3003: 'properties that stay as they are, required ones too, are not in the file',
  I3011: 'whether a resource is kept when its stack goes is not what the file is about',
};

/** A word in capitals has not the form of what a person puts in its place. */
const CAPITALS = /^'[A-Z]+(?:_[A-Z]+)+' is not a /;

function templateOf({ control, place }: NamedPlace): string | undefined {
  const write = SNIPPETS[control.id]?.cloudformation;
  return typeof write === 'function' ? write(place) : undefined;
}

/** What cfn-lint says of each template, all in one run. */
function problemsOf(places: readonly NamedPlace[], isProblem: (id: string) => boolean): string[] {
  const all = new Map(places.flatMap((each) => [[templateOf(each), each.name] as const]));
  const named = [...all].flatMap(([text, name], at) =>
    text === undefined ? [] : [{ text, name, file: join(folder, `${at}.yml`) }],
  );
  for (const { file, text } of named) writeFileSync(file, text);
  const args = ['--format', 'json', '--regions', REGION, '--', ...named.map(({ file }) => file)];
  const { stdout, stderr } = spawnSync(lint, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  if (!stdout.trim().startsWith('[')) throw new Error(`cfn-lint did not run: ${stderr}`);
  const matches = JSON.parse(stdout) as Match[];
  return matches
    .filter(({ Rule, Message }) => isProblem(Rule.Id) && !CAPITALS.test(Message))
    .map(
      ({ Filename, Rule, Message }) => `${named.find(({ file }) => file === Filename)?.name}: ${Rule.Id} ${Message}`,
    );
}

it('CloudFormation knows each resource, property and value of the templates', () => {
  expect(problemsOf(PLACES, (id) => !Object.hasOwn(EXPLAINED, id))).toEqual([]);
});

it('IN-08: CloudFormation reads a template with any name in it, and takes the name for no function', () => {
  const few = PLACES.filter(({ control }, at) => PLACES.findIndex((each) => each.control === control) === at);
  const hostile = HOSTILE_NAMES.flatMap((name) => few.map((each) => named(each, name)));
  // E0 is a file that cannot be read, E1 a function that is not one but for formats of AWS's names, E6 a wrong output.
  expect(problemsOf(hostile, (id) => /^E(?:0|1(?!1[56])|6)/.test(id))).toEqual([]);
});
