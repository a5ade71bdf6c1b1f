import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { UserMistake } from '../../shared/runtime/errors.ts';

const ROOT = join(import.meta.dirname, '..', '..');

export interface Arguments {
  story: string;
  page: string;
  help: boolean;
}

export const HELP = `npm run demo [-- --story FILE] [--page FILE]

Plays a story through the packaged functions and prints what happens.
  --story FILE  a story of your own (default: events/stories/first-day.yml; see docs/stories.md)
  --page FILE   where the page of findings is written (default: .build/demo.html)`;

/** What the demo was asked; a word that it does not know is the person's mistake. */
export function argumentsOf(words: readonly string[]): Arguments {
  try {
    const { values } = parseArgs({
      args: [...words],
      options: { story: { type: 'string' }, page: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    });
    return {
      story: values.story ?? join(ROOT, 'events', 'stories', 'first-day.yml'),
      page: values.page ?? join(ROOT, '.build', 'demo.html'),
      help: values.help ?? false,
    };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new UserMistake(error.message.split('. ')[0] ?? error.message, { cause: error });
  }
}
