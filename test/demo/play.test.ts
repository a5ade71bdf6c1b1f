import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { comparedAgain } from './again/again.ts';
import { endingOf } from './ending.ts';
import { type Functions, functionsFor } from './functions.ts';
import { play } from './play/play.ts';
import { readStory } from './story/read-story.ts';
import type { Story } from './story/schema.ts';
import { sumsOf } from './sums.ts';

const SHIPPED = join(import.meta.dirname, '..', '..', 'events', 'stories', 'first-day.yml');
const shipped = () => readStory(readFileSync(SHIPPED, 'utf8'), SHIPPED);

let dir: string;
let functions: Functions;
let ending: readonly string[];
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'eks-warden-demo-'));
  functions = await functionsFor(shipped(), dir);
});
afterAll(() => rmSync(dir, { recursive: true }));

/** Plays a changed copy of the shipped story through the packaged functions. */
async function played(change: (story: Story) => void = () => undefined) {
  const story = shipped();
  change(story);
  const end = await play(story, functions);
  return Object.assign(end, { [Symbol.asyncDispose]: () => end.world.close() });
}

const stepOf = ({ scenes }: Story, action: string) => {
  const found = scenes.flatMap(({ steps }) => steps).find((step) => 'act' in step && step.act === action);
  if (found === undefined || !('act' in found)) throw new Error(`The shipped story has no ${action}.`);
  return found;
};

it('plays the shipped story to its end, and to the same end when its events come tripled and shuffled', async () => {
  await using end = await played();
  ending = endingOf(end);
  expect(ending).toEqual([
    'cluster payments: eks-endpoint-public-cidrs open',
    'cluster payments: eks-endpoint-public-disabled open',
    'image payments-api@…: image-vulnerabilities open',
    'role payments-app: iam-eks-wildcard-policy open',
    'role payments-app: iam-irsa-trust-scoped open',
  ]);
  const { unknown, proven } = sumsOf(end.entries);
  expect({ unknown, proven, trouble: end.entries.filter(({ what }) => what === 'trouble') }).toEqual({
    unknown: 2,
    proven: 3,
    trouble: [],
  });
  expect(await comparedAgain(end, functions.baseline, 5)).toMatchObject({ runs: 5, different: 0 });
});

it('misses what an event would have told when the event is lost, and nothing else', async () => {
  await using end = await played((story) => {
    stepOf(story, 'iam:PutRolePolicy').lost = true;
  });
  expect(endingOf(end)).toEqual(ending.filter((line) => !line.includes('iam-eks-wildcard-policy')));
});

it('does not know what it may not read, and passes nothing of it', async () => {
  await using end = await played((story) => {
    story.scenes[0]?.steps.unshift({ deny: 'ec2:DescribeSecurityGroups' });
  });
  const groups = end.items.filter(
    ({ pk, sk }) => sk === 'state' && pk.includes('#security-group#sg-fe9f23587d7c735cf'),
  );
  expect(groups).toEqual([
    expect.objectContaining({
      findings: {
        'node-sg-ingress': expect.objectContaining({
          state: 'unsure',
          unread: expect.objectContaining({ missing: 'ec2:DescribeSecurityGroups' }),
        }),
      },
    }),
  ]);
  expect(endingOf(end).filter((line) => !line.startsWith('security-group'))).toEqual(ending);
});
