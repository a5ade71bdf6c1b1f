import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readStory } from './story/read-story.ts';

const SHIPPED = join(import.meta.dirname, '..', '..', 'events', 'stories', 'first-day.yml');

const step = (text: string) => `title: t
start: 2026-11-20T09:00:00Z
actors:
  ana: { sso: ana@example.com }
scenes:
  - title: one
    steps:
      - ${text}
`;

const problems = (source: string): string[] => {
  try {
    readStory(source, 'my.yml');
  } catch (error) {
    return (error as Error).message.split('\n');
  }
  return [];
};

it('reads the shipped story', () => {
  const { scenes } = readStory(readFileSync(SHIPPED, 'utf8'), SHIPPED);
  expect(scenes.slice(0, 3).map(({ title }) => title)).toEqual([
    'Somebody switches logging off in the console',
    'An endpoint "restricted" to two halves of the internet',
    'A read that is denied',
  ]);
});

it('reads the story that docs/stories.md shows', () => {
  const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'stories.md'), 'utf8');
  const [, story = ''] = /^```yaml\n([\s\S]*?)^```$/m.exec(page) ?? [];
  expect(
    readStory(story, 'stories.md').scenes.flatMap(({ steps }) => steps.map((step) => Object.keys(step)[0])),
  ).toEqual(['act', 'wait', 'act']);
});

it('fills in the names of the base account, in texts and keys', () => {
  const { scenes } = readStory(
    step(`change: { regions: { '\${region}': { keyAliases: { a: '\${trail}' } } } }`),
    'my.yml',
  );
  expect(scenes[0]?.steps).toEqual([
    { change: { regions: { 'eu-west-1': { keyAliases: { a: 'management-events' } } } } },
  ]);
});

it('reads times as milliseconds', () => {
  const { scenes } = readStory(step('{ act: eks:DeleteCluster, by: ana, input: {}, late: 90s, repeat: 3 }'), 'my.yml');
  expect(scenes[0]?.steps).toEqual([{ act: 'eks:DeleteCluster', by: 'ana', input: {}, late: 90_000, repeat: 3 }]);
});

const BROKEN: Readonly<Record<string, [source: string, told: string[]]>> = {
  'an empty file': ['', ['my.yml:1 The file is empty: write at least title and scenes.']],
  'no scenes': ['title: t\nstart: 2026-11-20T09:00:00Z\n', ['my.yml:1 scenes: is missing: it must be a list.']],
  'a step that is none': [
    step('{ wiat: 2m }'),
    [
      'my.yml:8 scenes[0].steps[0]: must have one of the keys act, event, shuffle, change, deny, allow, fault, slack or wait; it has "wiat". Did you mean wait?',
    ],
  ],
  'a step that is two': [
    step('{ wait: 2m, deny: eks:* }'),
    ['my.yml:8 scenes[0].steps[0]: is wait and deny at once: make it two.'],
  ],
  'a time without a unit': [
    step('{ wait: 20 sec }'),
    ['my.yml:8 scenes[0].steps[0].wait: must be quiet, or a time such as 45s, 2m, 1h or 3d, got "20 sec".'],
  ],
  'an actor that there is not': [
    step('{ act: eks:DeleteCluster, by: anna, input: {} }'),
    ['my.yml:8 scenes[0].steps[0].by: "anna" is no actor of this story. Did you mean ana?'],
  ],
  'a call that the account does not know': [
    step('{ act: s3:PutObject, by: ana, input: {} }'),
    ['my.yml:8 scenes[0].steps[0].act: "s3:PutObject" is nothing that the accounts of stories can do.'],
  ],
  'a sample that there is not': [
    step('{ event: eks-CreateClutser }'),
    [
      'my.yml:8 scenes[0].steps[0].event: "eks-CreateClutser" is no sample in events/samples. Did you mean eks-CreateCluster?',
    ],
  ],
  'a name that names nothing': [
    step(`{ deny: kms:DescribeKey, id: '\${kye}' }`),
    [`my.yml:8 scenes[0].steps[0].id: \${kye} names nothing in the account. Did you mean key?`],
  ],
  'a misspelt key inside a step': [
    step('{ act: eks:DeleteCluster, by: ana, input: {}, repaet: 2 }'),
    ['my.yml:8 scenes[0].steps[0].repaet: "repaet" is no key here. Did you mean repeat?'],
  ],
  'a start that is no time': [
    step('{ wait: quiet }').replace('2026-11-20T09:00:00Z', 'yesterday'),
    ['my.yml:2 start: must be a time such as 2026-11-20T09:00:00Z, got "yesterday".'],
  ],
  'an alias without its anchor': [step('{ wait: *long }'), ['my.yml:8 The alias *long has no anchor &long before it.']],
  'aliases beyond reason': [
    [
      'a: &a [x, x, x, x, x, x, x, x, x]',
      'b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]',
      'c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]',
      'd: [*c, *c, *c, *c, *c, *c, *c, *c, *c]',
    ].join('\n'),
    ['my.yml:1 Its aliases multiply beyond reason: write the values out.'],
  ],
  'an account with a field that AWS does not know': [
    step('{ wait: quiet }').replace('actors:', 'account: { change: { iam: { rolez: {} } } }\nactors:'),
    ['my.yml:3 account.change: iam.rolez is unknown.'],
  ],
  'a baseline that is none': [
    step('{ wait: quiet }').replace('actors:', 'baseline:\n  controls:\n    eks-auth-mode-apo: notify\nactors:'),
    [
      'my.yml:5 baseline.controls["eks-auth-mode-apo"]: "eks-auth-mode-apo" is no control of this catalogue. Did you mean eks-auth-mode-api?',
    ],
  ],
  'two things at once': [
    `${step('{ wait: quiet }').replace('title: t', 'titel: t')}`,
    ['my.yml:1 title: is missing: it must be text.', 'my.yml:1 titel: "titel" is no key here. Did you mean title?'],
  ],
};

it.each(Object.entries(BROKEN))('tells what is wrong, and where: %s', (_, [source, told]) => {
  expect(problems(source)).toEqual(told);
});
