import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hasWildcard, matches } from '../../shared/controls/wildcard.ts';

/** Tries everything that a star may stand for. */
function bruteForce(pattern: string, text: string): boolean {
  const [first, ...rest] = pattern;
  if (first === undefined) return text === '';
  const left = rest.join('');
  if (first === '*')
    return Array.from({ length: text.length + 1 }, (_, at) => at).some((at) => bruteForce(left, text.slice(at)));
  return text !== '' && (first === '?' || first === text[0]) && bruteForce(left, text.slice(1));
}

const word = (letters: string[], maxLength: number) =>
  fc.array(fc.constantFrom(...letters), { maxLength }).map((each) => each.join(''));

it('agrees with trying everything', () => {
  fc.assert(
    fc.property(word(['a', 'b', '*', '?'], 8), word(['a', 'b', ':'], 10), (pattern, text) => {
      expect(matches(pattern, text)).toBe(bruteForce(pattern, text));
    }),
    { numRuns: 5000 },
  );
});

it('agrees with trying everything where the pattern is a text with parts replaced', () => {
  const cut = fc.tuple(word(['a', 'b', 'c'], 12), fc.array(fc.nat(12), { maxLength: 4 }));
  fc.assert(
    fc.property(cut, word(['a', 'b', 'c'], 3), ([text, at], tail) => {
      const pattern = [...text].map((letter, place) => (at.includes(place) ? '*' : letter)).join('');
      expect([matches(pattern, text), matches(pattern, text + tail)]).toEqual([true, bruteForce(pattern, text + tail)]);
    }),
  );
});

it('a pattern full of stars against a long text ends', () => {
  expect(matches(`${'a*'.repeat(200)}b`, 'a'.repeat(5000))).toBe(false);
});

it('characters that mean something elsewhere mean themselves', () => {
  expect([matches('a.c', 'abc'), matches('[ab]', 'a'), matches('a\\*', 'a*'), matches('(a)+', 'aa')]).toEqual([
    false,
    false,
    false,
    false,
  ]);
});

it('a wildcard is a star or a question mark', () => {
  expect(['a*', 'a?', 'a.c', ''].map(hasWildcard)).toEqual([true, true, false, false]);
});
