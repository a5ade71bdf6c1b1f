import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { collectorStack } from '../../shared/deployment/collector.ts';
import type { Template } from '../../shared/derive/cloudformation.ts';

const PAGE = readFileSync('docs/many-accounts.md', 'utf8');
const COMMANDS = [...PAGE.matchAll(/```sh\n([\s\S]*?)```/g)].flatMap(([, block = '']) =>
  block
    .replace(/\\\n\s*/g, '')
    .trim()
    .split('\n'),
);
const FILES = ['events/collector.yml', 'events/members.yml'];
const templateOf = (file: string) => parse(readFileSync(file, 'utf8')) as Template;

/** Commands that install or update a template, with the file and the parameters that they give. */
const installs = COMMANDS.flatMap((command) => {
  const file = FILES.find((each) => command.includes(each.replace('events', '.build')));
  const given = [...command.matchAll(/ParameterKey=(\w+)|(?<=--parameter-overrides.*[ ])(\w+)=/g)];
  return file ? [{ command, file, given: given.map(([, key, name]) => key ?? name ?? '') }] : [];
});

it('the page installs both templates', () => {
  expect([...new Set(installs.map(({ file }) => file))].sort()).toEqual(FILES);
});

it.each(installs)('a template gets parameters that it has, and all that it needs: $command', ({ file, given }) => {
  const { Parameters } = templateOf(file);
  expect(given.filter((name) => Parameters[name] === undefined)).toEqual([]);
  const needed = Object.keys(Parameters).filter((name) => Parameters[name]?.Default === undefined);
  expect(needed.filter((name) => !given.includes(name))).toEqual([]);
});

it.each(installs)('a template that names its roles is installed with that right: $command', ({ command, file }) => {
  const named = Object.values(templateOf(file).Resources).some(({ Properties }) => Properties.RoleName !== undefined);
  const [, capability] = /--capabilities (\w+)/.exec(command) ?? [];
  expect(capability).toBe(named ? 'CAPABILITY_NAMED_IAM' : 'CAPABILITY_IAM');
});

it('what the page asks a collector for is in its template, and its stack is named as the deployment names it', () => {
  const { Resources } = templateOf('events/collector.yml');
  const asked = COMMANDS.filter(
    (command) => command.includes('--logical-resource-id') && command.includes('collector'),
  );
  const ids = asked.map((command) => /--logical-resource-id (\w+)/.exec(command)?.[1] ?? '');
  expect(ids.filter((id) => Resources[id] === undefined)).toEqual([]);
  expect(ids.length).toBeGreaterThan(0);
  expect(PAGE).toContain(`--stack-name ${collectorStack({ name: 'eks-warden' })} `);
});
