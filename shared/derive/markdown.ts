/** Text as Markdown shows it: nothing in it is markup, and it stays in its cell of a table. */
export function plain(text: string): string {
  return text.replace(/[\\`*_[\]<>|]/g, '\\$&').replace(/\s+/g, ' ');
}

export function code(text: string): string {
  return `\`${text.replaceAll('|', '\\|')}\``;
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

export function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n');
}

/** A part of a page; nothing where it has no content. */
export function part(title: string, ...content: readonly (string | undefined)[]): string[] {
  const written = content.filter((each) => each !== undefined && each !== '');
  return written.length === 0 ? [] : [`## ${title}`, ...(written as string[])];
}
