import { expect, it } from 'vitest';
import { fitted, fittedId } from '../../../shared/reports/formats/fitted.ts';

it('O-04: text fits in bytes, so it fits in characters and UTF-16 units too', () => {
  expect([
    fitted('abcdef', 6),
    fitted('abcdefg', 6),
    fitted('ääää', 6),
    fitted('😀😀😀', 8),
    fitted('a\ud83d', 9),
  ]).toEqual(['abcdef', 'abc…', 'ä…', '😀…', 'a\ufffd']);
});

it('an id that is too long stays unique', () => {
  const long = 'x'.repeat(600);
  const [one, other] = [fittedId(`${long}1`, 512), fittedId(`${long}2`, 512)];
  expect([one.length, other.length, one === other, fittedId('short', 512)]).toEqual([512, 512, false, 'short']);
});
