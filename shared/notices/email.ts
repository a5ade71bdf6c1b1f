import { forEmail, forSubject } from './escape.ts';
import type { Notice } from './notice.ts';
import { type Line, type NewsWords, wordsOf } from './wording.ts';

const LONGEST = 1200;
const INDENT = '  ';

export function emailSubject(headline: string): string {
  return forSubject(`[eks-warden] ${headline}`);
}

/** Plain text for people: every line is ours, and no value can begin one. */
export function emailText(notice: Notice): string {
  const words = wordsOf(notice);
  const parts = [
    [forEmail(words.headline, LONGEST)],
    [...words.where, ...words.who].map((line) => labelled(line)),
    ...words.news.map(newsPart),
    words.unlisted === undefined ? [] : [forEmail(words.unlisted, LONGEST)],
    [`Notice ${forEmail(notice.id, 64)} of eks-warden. All times are UTC.`],
  ];
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function newsPart({ title, sentences, lines, waiver, page }: NewsWords): string[] {
  const rest: Line[] = page === '' ? [...lines] : [...lines, { label: 'Read more', text: page }];
  const accept = waiver.length === 0 ? [] : [`${INDENT}To accept it instead, add to baseline.yml:`];
  return [
    `* ${forEmail(title, LONGEST)}`,
    ...sentences.map((sentence) => `${INDENT}${forEmail(sentence, LONGEST)}`),
    ...rest.map((line) => `${INDENT}${labelled(line)}`),
    ...accept,
    ...waiver.map((line) => `${INDENT}${INDENT}${forEmail(line, 2100)}`),
  ];
}

function labelled({ label, text }: Line): string {
  return `${`${label}:`.padEnd(16)}${forEmail(text, LONGEST)}`;
}
