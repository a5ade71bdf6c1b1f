import { afterAll, expect, it } from 'vitest';
import { SNIPPETS } from '../../shared/cli/explain/snippets/index.ts';
import { venvOf } from '../stack/python.ts';
import { type NamedPlace, named, PLACES } from '../support/places.ts';
import { type Ran, startAwsCli } from './shell.ts';

const cli = await startAwsCli(
  venvOf('awscli', () => undefined),
  'http://127.0.0.1:9',
);
afterAll(() => cli.stop());

/** Every way in which a fix is printed, each once. */
const WAYS = [...new Map(PLACES.map((each) => [linesOf(each).join('\n'), each])).values()];

function linesOf({ control, place }: NamedPlace): readonly string[] {
  const lines = SNIPPETS[control.id]?.cli(place) ?? [];
  // The CLI knows how long the ARN of a policy is at least.
  return lines.map((line) => line.replace('POLICY_ARN', `arn:${place.partition}:iam::111122223333:policy/POLICY`));
}

const read = (each: NamedPlace) => cli.shell('check', linesOf(each));
const refused = (ran: readonly Ran[]) =>
  ran.filter(({ code }) => code !== 0).map(({ words, text }) => `${words.join(' ')}: ${text.trim()}`);

/** What the CLI would call: the operation, and all texts of its input that are not the CLI's own. */
function called(ran: readonly Ran[]): { operation: string; input: unknown }[] {
  return ran
    .filter(({ words }) => words[0] === 'aws')
    .flatMap(({ text }) => JSON.parse(text) as { operation: string; input: Record<string, unknown> }[])
    .map(({ operation, input: { clientRequestToken: _, ...input } }) => ({ operation, input }));
}

const byName = (places: readonly NamedPlace[]) => places.map((each) => [each.name, each] as const);

it.concurrent.each(byName(WAYS))('the AWS CLI knows each command and each of its arguments: %s', async (_, each) => {
  const ran = await read(each);
  expect({ refused: refused(ran), none: ran.length === 0 }).toEqual({ refused: [], none: false });
});

/** One for each control. */
const FEW = WAYS.filter(({ control }, at) => WAYS.findIndex((each) => each.control === control) === at);
/** Names that mean something to the CLI; what they mean to a shell is tested without it. */
const NAMES = ['--profile=root', '"; rm -rf #', `\${x}`];

it.concurrent.each(byName(FEW))('IN-08: the AWS CLI calls the same whatever a name is: %s', async (_, each) => {
  const plain = called(await read(named(each, 'a-b-c')));
  for (const name of NAMES) {
    const ran = await read(named(each, name));
    expect(refused(ran)).toEqual([]);
    expect(JSON.parse(JSON.stringify(called(ran)), (_, value) => withName(value, name))).toEqual(
      JSON.parse(JSON.stringify(plain), (_, value) => withName(value, 'a-b-c')),
    );
  }
});

/** A text of an input with a mark in place of a name, wherever it stands within a document. */
function withName(value: unknown, name: string): unknown {
  if (typeof value !== 'string') return value;
  // A trail that cannot be called so gets another name.
  const told = value.replaceAll('eks-warden-trail', 'NAME');
  return told.replaceAll(JSON.stringify(name).slice(1, -1), 'NAME').replaceAll(name, 'NAME');
}
