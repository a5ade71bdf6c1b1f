/**
 * What a terminal would act on rather than show: control characters (C0, DEL, C1), line and paragraph separators,
 * zero-width and bidirectional controls, byte-order marks, tags, and halves of surrogate pairs.
 */
const UNSAFE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not reach a terminal.
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}\p{Surrogate}]/gu;

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
