/** Lines of at most `width` characters, broken at spaces, or within a word that is longer than a line. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let rest = [...text];
  while (rest.length > width) {
    const space = rest.slice(0, width + 1).lastIndexOf(' ');
    const mark = rest.slice(0, width).findLastIndex((character) => ',/:}-'.includes(character)) + 1;
    const end = space > width / 2 ? space : mark > width / 2 ? mark : width;
    lines.push(rest.slice(0, end).join('').trimEnd());
    rest = rest.slice(end);
    while (rest[0] === ' ') rest = rest.slice(1);
  }
  return [...lines, rest.join('')];
}

/** At most so many lines; `…` says that there were more. */
export function clipped(lines: readonly string[], most: number, width: number): string[] {
  if (lines.length <= most) return [...lines];
  const last = lines[most - 1] ?? '';
  return [...lines.slice(0, most - 1), `${[...last].slice(0, width - 1).join('')}…`];
}
