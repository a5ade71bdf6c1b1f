import type { Command, Option } from 'commander';

/** One command or group as completion sees it. */
export interface Node {
  /** `''` for the whole, `sweep`, `sweep start`. */
  path: string;
  summary: string;
  commands: readonly { name: string; summary: string }[];
  options: readonly OptionWord[];
  /** What its arguments may be, where that is known. */
  words: readonly string[];
  /** Whether some argument of it may be anything, a file among them. */
  free: boolean;
}

export interface OptionWord {
  /** `--format` */
  flag: string;
  summary: string;
  /** Whether a value follows, and which ones there are; none: a file or anything else. */
  value: 'none' | readonly string[];
}

/** What no shell reads as anything but a word. */
const WORD = /^[A-Za-z0-9][\w.:/@-]*$/;

/** Every command there is, the whole first, as commander has them. */
export function nodesOf(program: Command, path = ''): Node[] {
  const help = program.createHelp();
  const children = help.visibleCommands(program).filter((each) => each.name() !== 'help');
  const node: Node = {
    path,
    summary: program.summary(),
    commands: children.map((each) => ({ name: each.name(), summary: each.summary() || each.description() })),
    options: help.visibleOptions(program).flatMap(optionWord),
    free: program.registeredArguments.some(({ argChoices }) => argChoices === undefined),
    words: program.registeredArguments.flatMap(({ argChoices = [] }) => argChoices).filter((word) => WORD.test(word)),
  };
  return [node, ...children.flatMap((each) => nodesOf(each, `${path} ${each.name()}`.trim()))];
}

function optionWord({ long, description, required, optional, argChoices = [] }: Option): OptionWord[] {
  if (!long) return [];
  const value = required || optional ? argChoices.filter((word) => WORD.test(word)) : ('none' as const);
  return [{ flag: long, summary: description, value }];
}
