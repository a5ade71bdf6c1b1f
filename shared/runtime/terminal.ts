/**
 * What a terminal would act on or hide rather than show: controls, bidirectional overrides, zero-width characters, line
 * separators, halves of surrogate pairs.
 */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}\p{Default_Ignorable_Code_Point}]/gu;

/** Text from outside, made harmless for a terminal and kept on one line: what is unsafe is shown as its escape. */
export function plain(text: string): string {
  return text.replace(UNSAFE, escaped);
}

/** JSON that is harmless on a terminal too: the same document, with unsafe characters written as `\uXXXX`. */
export function safeJson(value: unknown, indent?: number): string {
  const json = JSON.stringify(value, undefined, indent);
  return json.replace(UNSAFE, (unsafe) => (unsafe === '\n' ? unsafe : escaped(unsafe)));
}

function escaped(unsafe: string): string {
  return [...Array(unsafe.length).keys()]
    .map((at) => `\\u${unsafe.charCodeAt(at).toString(16).padStart(4, '0')}`)
    .join('');
}

/** `1 control`, `2 controls`. */
export function counted(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}
