const WIDTH = 120;

/**
 * JSON as the formatter of this repository leaves it: objects over several lines, a list on one line where it holds
 * only plain values and fits.
 */
export function jsonText(value: unknown): string {
  return `${written(value, 0, 1)}\n`;
}

/** `room` is what else stands on the line: a key in front, a comma behind. */
function written(value: unknown, depth: number, room: number): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  const inner = '  '.repeat(depth + 1);
  const lines = Array.isArray(value)
    ? value.map((each) => written(each, depth + 1, 1))
    : Object.entries(value)
        .filter(([, each]) => each !== undefined)
        .map(([key, each]) => {
          const name = `${JSON.stringify(key)}: `;
          return name + written(each, depth + 1, name.length + 1);
        });
  if (lines.length === 0) return `${open}${close}`;
  const line = `${open}${lines.join(', ')}${close}`;
  const fits = depth * 2 + line.length + room <= WIDTH;
  if (Array.isArray(value) && fits && value.every((each) => typeof each !== 'object' || each === null)) return line;
  return `${open}\n${lines.map((each) => inner + each).join(',\n')}\n${'  '.repeat(depth)}${close}`;
}
