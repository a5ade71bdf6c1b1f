import { createHash } from 'node:crypto';

const CUT = '…';
const sizeOf = (text: string) => Buffer.byteLength(text);

/**
 * Text of at most this many bytes of UTF-8: so it is short enough whether a service counts bytes, UTF-16 units or
 * characters. What was cut ends in an ellipsis; no character is cut in two.
 */
export function fitted(text: string, most: number): string {
  const whole = text.toWellFormed();
  return sizeOf(whole) <= most ? whole : `${headOf(whole, most - sizeOf(CUT))}${CUT}`;
}

/** An identifier of at most this many bytes: a longer one ends in a hash of the whole, and stays unique and the same each time. */
export function fittedId(id: string, most: number): string {
  const whole = id.toWellFormed();
  if (sizeOf(whole) <= most) return whole;
  const hash = createHash('sha256').update(whole).digest('hex');
  return `${headOf(whole, most - hash.length - 1)}#${hash}`;
}

function headOf(text: string, most: number): string {
  let head = '';
  let size = 0;
  for (const character of text) {
    size += sizeOf(character);
    if (size > most) break;
    head += character;
  }
  return head;
}
