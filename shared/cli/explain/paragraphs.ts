import type { Output } from '../output.ts';
import { plain } from '../terminal.ts';
import { wrapped } from '../wrapped.ts';

const WIDEST = 100;
const NARROW = 80;

/** A text in titled parts, as wide as the terminal, 80 columns elsewhere. */
export function paragraphs({ colour, width }: Pick<Output, 'colour' | 'width'>) {
  const room = Math.min(WIDEST, width ?? NARROW);
  return {
    /** Sentences, broken between words. */
    part: (title: string, lines: readonly (string | undefined)[]): string[] => {
      const told = lines.filter((line) => line !== undefined && line !== '') as string[];
      return told.length === 0
        ? []
        : ['', colour.bold(title), ...told.flatMap((line) => wrapped(plain(line), room - 2))];
    },
    /** Lines to be copied: never broken, and indented alone. */
    code: (title: string, lines: readonly string[]): string[] => [
      '',
      `  ${colour.bold(title)}`,
      ...lines.map((line) => (line === '' ? '' : `    ${plain(line)}`)),
    ],
  };
}

/** `Label  text` with the texts in one column. */
export function labelled(lines: readonly (readonly [label: string, text: string | undefined])[]): string[] {
  const told = lines.filter(([, text]) => text !== undefined && text !== '');
  const longest = Math.max(0, ...told.map(([label]) => label.length));
  return told.map(([label, text]) => `${label.padEnd(longest)}  ${text}`);
}
