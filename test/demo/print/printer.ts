import type { createColors } from 'picocolors';
import { plain } from '../../../shared/cli/terminal.ts';
import type { Severity } from '../../../shared/controls/define-control.ts';
import { keyOf } from '../../../shared/resources/resource.ts';
import type { Entry, LookEntry } from '../chronicle/entry.ts';
import { type Home, type Row, rowsOf, type Tone } from './rows.ts';
import { clock } from './words.ts';
import { clipped, wrap } from './wrap.ts';

type Colour = ReturnType<typeof createColors>;

export interface Paper {
  out(line: string): void;
  colour: Colour;
  /** Columns; 100 at most are used. */
  width: number;
}

const INDENT = 3;
const TIME = 10;
const WORD = 10;

/** Writes the timeline entry by entry. What looks found nothing new is only counted, at the end of each scene. */
export function printer({ out, colour, width }: Paper, home: Home) {
  const room = Math.min(width, 100) - INDENT - TIME - WORD;
  let shown = '';
  let quiet = 0;
  const waiting = new Set<string>();

  function rest(): void {
    if (quiet > 0)
      out(colour.dim(`${' '.repeat(INDENT + TIME)}${quiet} more ${quiet === 1 ? 'look' : 'looks'} found nothing new`));
    quiet = 0;
    shown = '';
    waiting.clear();
  }

  /** Of a resource that is waited for, the first look says so; the others are counted. */
  function isNews(look: LookEntry): boolean {
    const key = keyOf(look.resource);
    if (look.transitions.length > 0 || look.unread.length > 0 || look.gone !== undefined) {
      waiting.delete(key);
      return true;
    }
    if (look.later === undefined)
      return look.why === 'event' && look.state !== undefined && look.state.look?.why !== 'pace';
    if (waiting.has(key)) return false;
    waiting.add(key);
    return true;
  }

  function row({ word, tone, text, textTone = 'plain', most = 1 }: Row, time: string): void {
    const lines = clipped(wrap(plain(text), room), most);
    for (const [index, line] of lines.entries()) {
      const head =
        index === 0
          ? painted(colour, 'dim', time.padEnd(TIME)) + painted(colour, tone, word.padEnd(WORD))
          : ' '.repeat(TIME + WORD);
      out(`${' '.repeat(INDENT)}${head}${painted(colour, textTone, line)}`.trimEnd());
    }
  }

  return {
    entry(entry: Entry): void {
      if (entry.what === 'scene') {
        rest();
        out('');
        out(`${colour.bold(String(entry.number).padStart(2))} ${colour.bold(plain(entry.title))}`);
        for (const line of wrap(plain(entry.lead ?? ''), Math.min(width, 100) - INDENT))
          if (line) out(colour.dim(`${' '.repeat(INDENT)}${line}`));
        return;
      }
      if (entry.what === 'look' && !isNews(entry)) {
        quiet += 1;
        return;
      }
      for (const one of rowsOf(entry, home)) {
        const time = clock(entry.at);
        row(one, time === shown ? '' : time);
        shown = time;
      }
    },
    end: rest,
  };
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
