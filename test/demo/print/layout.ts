import type { createColors } from 'picocolors';
import { plain } from '../../../shared/cli/terminal.ts';
import type { Severity } from '../../../shared/controls/define-control.ts';
import type { EntryOf } from '../chronicle/entry.ts';
import type { Row, Tone } from './rows.ts';
import { clipped, wrap } from './wrap.ts';

type Colour = ReturnType<typeof createColors>;

export interface Paper {
  out(line: string): void;
  colour: Colour;
  /** Columns; 100 at most are used. */
  width: number;
}

const MOST = 100;
const INDENT = 3;
const TIME = 10;
const WORD = 10;

/** A row in its columns: whatever the text is, it is harmless and no wider than the paper. */
export function rowLines(
  { word, tone, text, textTone = 'plain', most = 1 }: Row,
  time: string,
  { colour, width }: Paper,
): string[] {
  const room = Math.min(width, MOST) - INDENT - TIME - WORD;
  const first = painted(colour, 'dim', time.padEnd(TIME)) + painted(colour, tone, word.padEnd(WORD));
  return clipped(wrap(plain(text), room), most, room).map((line, index) => {
    const head = index === 0 ? first : ' '.repeat(TIME + WORD);
    return `${' '.repeat(INDENT)}${head}${painted(colour, textTone, line)}`.trimEnd();
  });
}

export function sceneLines({ number, title, lead = '' }: EntryOf<'scene'>, { colour, width }: Paper): string[] {
  const room = Math.min(width, MOST) - INDENT;
  const titles = wrap(plain(title), room).map((line, index) => {
    const head = index === 0 ? `${String(number).padStart(2)} ` : ' '.repeat(INDENT);
    return colour.bold(`${head}${line}`);
  });
  const leads = lead === '' ? [] : wrap(plain(lead), room).map((line) => colour.dim(`${' '.repeat(INDENT)}${line}`));
  return ['', ...titles, ...leads];
}

export function quietLine(looks: number, { colour }: Paper): string {
  return colour.dim(`${' '.repeat(INDENT + TIME)}${looks} more ${looks === 1 ? 'look' : 'looks'} found nothing new`);
}

const SEVERITY: Readonly<Record<Severity, (colour: Colour) => (text: string) => string>> = {
  critical: (colour) => (text) => colour.bold(colour.red(text)),
  high: ({ red }) => red,
  medium: ({ yellow }) => yellow,
  low: ({ cyan }) => cyan,
  info: ({ dim }) => dim,
};

function painted(colour: Colour, tone: Tone, text: string): string {
  switch (tone) {
    case 'plain':
      return text;
    case 'dim':
    case 'bold':
      return colour[tone](text);
    case 'good':
      return colour.green(text);
    case 'bad':
      return colour.red(text);
    case 'warn':
      return colour.yellow(text);
    case 'event':
      return colour.cyan(text);
    default:
      return SEVERITY[tone](colour)(text);
  }
}
