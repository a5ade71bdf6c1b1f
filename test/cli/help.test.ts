import { expect, it } from 'vitest';
import { pathsOf } from '../../shared/cli/examples.ts';
import type { Output } from '../../shared/cli/output.ts';
import { commands } from '../../shared/cli/program.ts';

const output = { out: () => {}, err: () => {} } as unknown as Output;
const program = commands(output);
/** A group has its own help, but only what stands in it is done, unless it does something itself. */
const all = pathsOf(program);

/** All that `--help` prints. */
function helpOf(path: string): string {
  let text = '';
  const command = all.find(([each]) => each === path)?.[1];
  command?.configureOutput({
    writeOut: (some) => {
      text += some;
    },
  });
  command?.outputHelp();
  return text;
}

/** The words of each line that begins with the command, as a shell splits them; up to where another command begins. */
function examplesIn(help: string): string[][] {
  const joined = help.replaceAll(/ *\\\n\s*/g, ' ');
  return [...joined.matchAll(/^ +(?:.*\| )?npx eks-warden (.*)$/gm)].map(([, line = '']) =>
    [...(line.split(/ [|>]|;/)[0]?.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g) ?? [])].map(
      ([, single, double, plain]) => single ?? double ?? plain ?? '',
    ),
  );
}

const leaves = all.filter(([, { commands: below }]) => below.length === 0).map(([path]) => path);

it.each(all.map(([path]) => path))('%s has a summary and a description', (path) => {
  const command = all.find(([each]) => each === path)?.[1];
  expect([command?.summary(), command?.description()]).toEqual([
    expect.stringMatching(/^\S.{5,80}[^.]$/),
    expect.stringMatching(/^[A-Z][\s\S]+$/),
  ]);
});

it.each(leaves)('%s --help has an example, and each of them parses', async (path) => {
  const examples = examplesIn(helpOf(path));
  const reached: string[] = [];
  for (const words of examples) {
    const fresh = commands(output).exitOverride();
    for (const [name, command] of pathsOf(fresh)) {
      command.exitOverride().configureOutput({ writeErr: () => {} });
      command.action(() => void reached.push(name));
    }
    await fresh.parseAsync(words, { from: 'user' });
  }
  expect({ some: examples.length > 0, reached: reached.includes(path), parsed: reached.length }).toEqual({
    some: true,
    reached: true,
    parsed: examples.length,
  });
});
