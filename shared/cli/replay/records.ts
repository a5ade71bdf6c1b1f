import { field, text } from '../../resources/json.ts';
import { bytesOf } from './bytes.ts';
import { type Piece, Splitter } from './splitter.ts';

/** One thing that a file held: a record as it was written, or what is wrong in its place. */
export type Entry = { record: unknown } | { problem: string };

/** `index` counts a file's records from 1; null: the file as a whole is meant. */
export type OnEntry = (entry: Entry, index: number | null) => void;

/** Reads a file record after record. Never throws for what is in it, or for what cannot be read: that is told. */
export async function readRecords(file: string, tell: OnEntry): Promise<void> {
  let index = 0;
  const splitter = new Splitter((piece) => {
    for (const entry of entriesOf(piece)) tell(entry, 'problem' in piece && !piece.broken ? null : ++index);
  });
  try {
    let isFirst = true;
    for await (const chunk of bytesOf(file)) {
      splitter.feed(isFirst ? withoutMark(chunk) : chunk);
      isFirst = false;
    }
    splitter.end();
    if (index === 0 && !splitter.sawList) tell({ problem: 'It holds no record.' }, null);
  } catch (error) {
    splitter.end();
    tell({ problem: `It cannot be read on: ${(error as Error).message}.` }, null);
  }
}

const withoutMark = (chunk: Buffer) =>
  chunk[0] === 0xef && chunk[1] === 0xbb && chunk[2] === 0xbf ? chunk.subarray(3) : chunk;

function entriesOf(piece: Piece): Entry[] {
  if ('problem' in piece) return [{ problem: piece.problem }];
  const json = piece.bytes.toString('utf8');
  const value = parsed(json);
  return value === undefined ? salvaged(json) : [unwrapped(value.json)];
}

function parsed(json: string): { json: unknown } | undefined {
  try {
    return { json: JSON.parse(json) };
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Records lie in strings in the answer of lookup-events, alone or with a summary around them. */
function unwrapped(value: unknown): Entry {
  const inner = typeof value === 'string' ? value : text(value, 'CloudTrailEvent');
  if (inner !== undefined) {
    const record = parsed(inner);
    return record ? asObject(record.json) : { problem: 'Its CloudTrailEvent is no JSON.' };
  }
  return asObject(value);
}

function asObject(record: unknown): Entry {
  const isObject = typeof record === 'object' && record !== null && !Array.isArray(record);
  return isObject ? { record } : { problem: 'It is no JSON object.' };
}

/** A record whose braces do not match swallows those behind it: they are told from how a record begins. */
function salvaged(json: string): Entry[] {
  const [, ...later] = json.split(/,\s*(?=\{\s*"eventVersion")/);
  const entries: Entry[] = [{ problem: 'It is broken: no JSON.' }];
  for (const part of later) {
    const pieces: Piece[] = [];
    const splitter = new Splitter((piece) => pieces.push(piece));
    splitter.feed(Buffer.from(part));
    const [piece] = pieces;
    const value = piece && 'bytes' in piece ? parsed(piece.bytes.toString('utf8')) : undefined;
    entries.push(value ? unwrapped(value.json) : { problem: 'It is broken: no JSON.' });
  }
  return entries;
}

/** A CloudTrail record's own time (ms), or an envelope's; 0 where it has none. */
export function timeOf(record: unknown): number {
  const written = text(record, 'eventTime') ?? text(field(record, 'detail'), 'eventTime') ?? text(record, 'time') ?? '';
  const time = Date.parse(written);
  return Number.isNaN(time) ? 0 : time;
}
