import { BRACE, BRACE_END, BRACKET, BRACKET_END, COMMA, isBlank, NEWLINE, Scan, type Stop } from './scan.ts';

/** One record's bytes, or why there is none. `broken`: it counts as a record; else the file as a whole is meant. */
export type Piece = { bytes: Buffer } | { problem: string; broken: boolean };

/** Most bytes of one record that are held: more than a file of CloudTrail's has. */
const MOST = 64 * 1024 * 1024;
/** What comes before the list in a file of CloudTrail's, or in an answer of lookup-events. */
const CONTAINER = /(?<!\\)"(?:Records|Events)"\s*:\s*$/;

/**
 * Cuts JSON into its records without building the tree around them: the elements of a list, of `{"Records":[…]}` or of
 * `{"Events":[…]}`, and objects one after another or one a line. What is inside a record is not looked at.
 */
export class Splitter {
  readonly #emit: (piece: Piece) => void;
  #place: 'top' | 'value' | 'list' | 'element' | 'rest' | 'junk' | 'lost' = 'top';
  #scan = new Scan(true);
  #container = false;
  #held: Buffer[] = [];
  #heldBytes = 0;

  /** Whether there was a list that records could stand in: one without any is no mistake. */
  sawList = false;

  constructor(emit: (piece: Piece) => void) {
    this.#emit = emit;
  }

  feed(chunk: Buffer): void {
    let at = 0;
    while (at < chunk.length && this.#place !== 'lost') {
      at =
        this.#place === 'value' || this.#place === 'element' || this.#place === 'rest'
          ? this.#inside(chunk, at)
          : this.#between(chunk, at);
    }
  }

  /** The text is over: what is unfinished is told. */
  end(): void {
    if (this.#place === 'value' || this.#place === 'element') this.#finish();
    else if (this.#place === 'list' || this.#place === 'rest')
      this.#emit({ problem: 'The text ends too early.', broken: false });
    else if (this.#place === 'junk') this.#junk();
    this.#place = 'top';
  }

  #between(chunk: Buffer, from: number): number {
    for (let at = from; at < chunk.length; at++) {
      const byte = chunk[at] ?? 0;
      if (this.#place === 'junk') {
        if (byte !== NEWLINE) continue;
        this.#junk();
        return at + 1;
      }
      if (isBlank(byte) || (byte === COMMA && this.#place === 'list')) continue;
      if (this.#place === 'top') return this.#begin(byte, at);
      if (byte === BRACKET_END) return this.#leaveList(at + 1);
      if (byte !== BRACE_END) return this.#enter('element', at);
      this.#emit({ problem: 'The list is not closed.', broken: false });
      return this.#leaveList(at);
    }
    return chunk.length;
  }

  #begin(byte: number, at: number): number {
    if (byte === BRACE) return this.#enter('value', at);
    this.#container = false;
    this.#place = byte === BRACKET ? 'list' : 'junk';
    this.sawList ||= byte === BRACKET;
    return at + 1;
  }

  #enter(place: 'value' | 'element' | 'rest', at: number): number {
    this.#place = place;
    this.#scan = new Scan(place === 'value');
    return at;
  }

  #leaveList(at: number): number {
    if (!this.#container) {
      this.#place = 'top';
      return at;
    }
    this.#enter('rest', at);
    this.#scan.depth = 1;
    return at;
  }

  #inside(chunk: Buffer, from: number): number {
    const stop = this.#scan.run(chunk, from);
    if (this.#place === 'rest') {
      if (stop.why === 'end') this.#place = 'top';
      return stop.at;
    }
    this.#hold(chunk.subarray(from, stop.at));
    if (stop.why === 'list') return this.#openList(stop);
    if (stop.why === 'end' || stop.why === 'restart') this.#finish();
    return stop.at;
  }

  /** A list in an object at the top: what the file is there for, or just a part of a record. */
  #openList({ at }: Stop): number {
    const tail = endOf(this.#held, 80).toString('latin1');
    if (CONTAINER.test(tail)) {
      this.#held = [];
      this.#heldBytes = 0;
      this.#container = true;
      this.sawList = true;
      this.#place = 'list';
    } else {
      this.#hold(Buffer.of(BRACKET));
      this.#scan.enterList();
    }
    return at + 1;
  }

  #hold(bytes: Buffer): void {
    this.#heldBytes += bytes.length;
    this.#held.push(bytes);
    if (this.#heldBytes <= MOST) return;
    this.#emit({ problem: `A record is larger than ${MOST / 1024 / 1024} MB: the rest is left out.`, broken: true });
    this.#place = 'lost';
    this.#held = [];
  }

  #finish(): void {
    const bytes = this.#held.length === 1 ? (this.#held[0] as Buffer) : Buffer.concat(this.#held);
    this.#held = [];
    this.#heldBytes = 0;
    this.#place = this.#place === 'element' ? 'list' : 'top';
    this.#emit({ bytes });
  }

  #junk(): void {
    this.#place = 'top';
    this.#emit({ problem: 'What stands here is no JSON.', broken: true });
  }
}

/** The last bytes of what is held, however small its pieces. */
function endOf(held: readonly Buffer[], most: number): Buffer {
  const parts: Buffer[] = [];
  let length = 0;
  for (let index = held.length - 1; index >= 0 && length < most; index--) {
    const part = held[index]?.subarray(-most) ?? Buffer.alloc(0);
    parts.unshift(part);
    length += part.length;
  }
  return Buffer.concat(parts);
}
