/** Two spaces in front, broken between words, continued lines a little further in. */
export function wrapped(text: string, room: number): string[] {
  const indent = text.length - text.trimStart().length;
  const lines: string[] = [];
  let line = ' '.repeat(2 + indent);
  for (const word of text.trim().split(' ')) {
    if (line.trim() !== '' && line.length + 1 + word.length > room) {
      lines.push(line);
      line = ' '.repeat(4 + indent);
    }
    line += line.trim() === '' ? word : ` ${word}`;
  }
  return [...lines, line];
}
