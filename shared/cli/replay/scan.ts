export const [BRACE, BRACE_END, BRACKET, BRACKET_END, COMMA, NEWLINE] = [0x7b, 0x7d, 0x5b, 0x5d, 0x2c, 0x0a];
const [QUOTE, BACKSLASH] = [0x22, 0x5c];

export const isBlank = (byte: number) => byte === 0x20 || byte === NEWLINE || byte === 0x0d || byte === 0x09;

/**
 * Where the scan stopped: `end` of the value, `list` that opened in an object at the top, `restart` where a line
 * begins with a brace inside an object that is not over (so it never will be), or `more` where the chunk ran out.
 */
export type Stop = { why: 'end' | 'list' | 'restart' | 'more'; at: number };

/** How far inside a JSON value a scan is; kept between chunks. */
export class Scan {
  depth = 0;
  inString = false;
  #escaped = false;
  #lineStart = false;
  /** Objects at the top stand one after another: there lists are told of, and line starts. */
  readonly #atTop: boolean;

  constructor(atTop: boolean) {
    this.#atTop = atTop;
  }

  run(chunk: Buffer, from: number): Stop {
    const { length } = chunk;
    for (let at = from; at < length; at++) {
      if (this.inString) {
        at = this.#skipString(chunk, at);
        if (this.inString || at >= length) break;
        if (this.depth === 0) return { why: 'end', at: at + 1 };
        continue;
      }
      const byte = chunk[at] ?? 0;
      if (byte === QUOTE) this.inString = true;
      else if (byte === BRACE || byte === BRACKET) {
        if (this.#atTop && this.depth > 0) {
          if (byte === BRACE && this.#lineStart) return { why: 'restart', at };
          if (byte === BRACKET && this.depth === 1) return { why: 'list', at };
        }
        this.depth++;
      } else if (byte === BRACE_END || byte === BRACKET_END) {
        // A number or null in a list ends before the list does.
        if (this.depth === 0) return { why: 'end', at };
        if (--this.depth === 0) return { why: 'end', at: at + 1 };
      } else if (byte === COMMA && this.depth === 0) return { why: 'end', at };
      this.#lineStart = byte === NEWLINE;
    }
    return { why: 'more', at: length };
  }

  /** Goes on behind a bracket that turned out to be an ordinary list's. */
  enterList(): void {
    this.depth++;
  }

  /**
   * To the closing quote, or past the chunk. A line's end inside a string is no JSON: at the top the string is given
   * up.
   */
  #skipString(chunk: Buffer, from: number): number {
    const { length } = chunk;
    let at = this.#escaped ? from + 1 : from;
    this.#escaped = false;
    for (; at < length; at++) {
      const byte = chunk[at];
      if (byte === QUOTE || (byte === NEWLINE && this.#atTop)) {
        this.inString = false;
        this.#lineStart = byte === NEWLINE;
        return at;
      }
      if (byte === BACKSLASH) {
        at++;
        if (at === length) this.#escaped = true;
      }
    }
    return at;
  }
}
