/**
 * IAM's wildcards: `*` stands for any text, `?` for one character. Two pointers and one way back: linear in the text for
 * each star, whatever a stranger writes into a policy.
 */
export function matches(pattern: string, text: string): boolean {
  let at = 0;
  let star = -1;
  let mark = 0;
  for (let read = 0; read < text.length; ) {
    const wanted = pattern[at];
    if (wanted === '*') {
      star = at++;
      mark = read;
    } else if (wanted === '?' || (wanted !== undefined && wanted === text[read])) {
      at++;
      read++;
    } else if (star >= 0) {
      at = star + 1;
      read = ++mark;
    } else {
      return false;
    }
  }
  while (pattern[at] === '*') at++;
  return at === pattern.length;
}

export function hasWildcard(text: string): boolean {
  return /[*?]/.test(text);
}
