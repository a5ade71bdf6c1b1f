/**
 * Text that others wrote (names, tags, user agents, error messages) made harmless for each place where it is shown.
 * Nothing here interprets what it is given, and each function may be given its own output again.
 */

const LINE_ENDS = /[\t\n\v\f\r\u0085\u2028\u2029]+/gu;
const UNSEEN = /[\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]/gu;

/** One line in which nothing is hidden: controls, bidi overrides and zero-width characters appear as `\u{202e}`. */
export function visible(text: string): string {
  return text
    .toWellFormed()
    .replace(LINE_ENDS, ' ')
    .replace(UNSEEN, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}

/** At most so many UTF-16 units, never half a surrogate pair; `…` says that something is missing. */
export function clip(text: string, most: number): string {
  if (text.length <= most) return text;
  const end = most - 1;
  const splitsPair = isHighSurrogate(text.charCodeAt(end - 1));
  return `${text.slice(0, splitsPair ? end - 1 : end)}…`;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

/** Text for one of Slack's plain_text objects or its fallback: no mention, link or entity of its own survives. */
export function forSlack(text: string, most: number): string {
  const entities = visible(clip(text, most)).replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  return clipEntities(entities, most);
}

/** The same inside backticks, where Slack neither formats nor links; shorter than `most` by the two backticks. */
export function forSlackCode(text: string, most: number): string {
  return `\`${forSlack(text.replace(/`/g, 'ˋ') || '–', most - 2)}\``;
}

/** Every `&` begins an entity in escaped text, so an `&` without its `;` at the end is one that was cut. */
function clipEntities(text: string, most: number): string {
  if (text.length <= most) return text;
  const cut = clip(text, most);
  return `${cut.slice(0, -1).replace(/&[a-z]*$/, '')}…`;
}

/** Characters with which chat platforms format, mention or link, and what stands in for them. */
const LOOKALIKES: Readonly<Record<string, string>> = {
  '<': '‹',
  '>': '›',
  '`': 'ˋ',
  '*': '∗',
  _: 'ˍ',
  '~': '∼',
  '[': '［',
  ']': '］',
  '@': '＠',
  '#': '＃',
  '|': '∣',
  '\\': '＼',
};

/**
 * A sentence for a chat whose markdown we do not know (Amazon Q renders for Slack and Teams): a backslash would be
 * shown by the one and needed by the other, so lookalikes stand for what could format, mention or link.
 */
export function forMarkdown(text: string, most: number): string {
  const safe = visible(clip(text, most))
    .replace(/[<>`*_~[\]@#|\\]/g, (character) => LOOKALIKES[character] ?? character)
    .replace(/:\/\//g, ':∕∕');
  return clip(safe, most);
}

/** A value inside backticks: it can be copied as it is, but for backticks and angle brackets. */
export function forMarkdownCode(text: string, most: number): string {
  const safe = visible(clip(text, most)).replace(/[<>`]/g, (character) => LOOKALIKES[character] ?? character);
  return `\`${clip(safe || '–', most - 2)}\``;
}

/** One line of plain text. */
export function forEmail(text: string, most: number): string {
  return clip(visible(clip(text, most)), most);
}

/** SNS takes fewer than 100 ASCII characters on one line, the first of them visible; what is not ASCII becomes `?`. */
export function forSubject(text: string): string {
  const ascii = visible(clip(text, 400))
    .normalize('NFKD')
    .replace(/\p{Mn}/gu, '')
    .replace(/[–—]/g, '-')
    .replace(/[^\x20-\x7e]/gu, '?')
    .replace(/ +/g, ' ')
    .trim();
  return ascii.length <= 99 ? ascii || 'eks-warden' : `${ascii.slice(0, 96)}...`;
}
