import { htmlEscape } from 'escape-goat';

const CELL = 7.8;
const LINE = 19;
const MARGIN = 22;
const COLUMNS = 100;

/** The few codes that picocolors writes, as classes of the drawing. */
const CLASSES: Readonly<Record<string, string>> = {
  '1': 'bold',
  '2': 'dim',
  '31': 'red',
  '32': 'green',
  '33': 'yellow',
  '36': 'cyan',
};
const STYLE = `
text { font: 13px ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; fill: #d8d6d0; white-space: pre; }
.bold { font-weight: 700; fill: #ffffff; } .dim { fill: #8b9096; } .red { fill: #ff8097; } .green { fill: #74d095; }
.yellow { fill: #e7bd4f; } .cyan { fill: #7cc8e8; }`;

interface Span {
  text: string;
  column: number;
  classes: readonly string[];
}

/** Lines with colour codes as a drawing of a terminal. Each span stands at its column, whatever font the viewer has. */
export function terminalSvg(lines: readonly string[]): string {
  const width = Math.ceil(COLUMNS * CELL + 2 * MARGIN);
  const height = lines.length * LINE + 2 * MARGIN;
  const texts = lines.flatMap((line, row) => spansOf(line).map((span) => drawn(span, row)));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="What npm run demo prints">
<style>${STYLE}
</style>
<rect width="${width}" height="${height}" rx="10" fill="#16181b"/>
${texts.join('\n')}
</svg>
`;
}

function drawn({ text, column, classes }: Span, row: number): string {
  const x = (MARGIN + column * CELL).toFixed(1);
  const y = MARGIN + row * LINE + 14;
  const length = ([...text].length * CELL).toFixed(1);
  const paint = classes.length > 0 ? ` class="${classes.join(' ')}"` : '';
  return `<text x="${x}" y="${y}" textLength="${length}"${paint}>${htmlEscape(text)}</text>`;
}

function spansOf(line: string): Span[] {
  const classes = new Set<string>();
  let column = 0;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colour codes begin with one.
  return line.split(/(\u001b\[[0-9;]*m)/).flatMap((part): Span[] => {
    const code = part.startsWith('\u001b[') ? part.slice(2, -1) : undefined;
    if (code !== undefined) {
      if (code === '22') for (const one of ['bold', 'dim']) classes.delete(one);
      if (code === '39') for (const one of ['red', 'green', 'yellow', 'cyan']) classes.delete(one);
      const name = CLASSES[code];
      if (name !== undefined) classes.add(name);
      return [];
    }
    const text = part.trimStart();
    const span = { text: text.trimEnd(), column: column + part.length - text.length, classes: [...classes] };
    column += [...part].length;
    return span.text === '' ? [] : [span];
  });
}
