import fc from 'fast-check';
import { expect, it } from 'vitest';
import { plain, safeJson } from '../../shared/cli/terminal.ts';
import { HOSTILE } from '../support/hostile.ts';

/** Written another way than the code does: by code point. */
function isHarmless(text: string): boolean {
  return [...text].every((character) => {
    const code = character.codePointAt(0) ?? 0;
    const isControl = code < 0x20 || (code >= 0x7f && code <= 0x9f);
    const isHidden =
      (code >= 0x200b && code <= 0x200f) || (code >= 0x2028 && code <= 0x202e) || (code >= 0x2060 && code <= 0x206f);
    return !(isControl || isHidden || code === 0xfeff || (code >= 0xd800 && code <= 0xdfff));
  });
}

it('shows what a terminal would act on as its escape', () => {
  expect(
    ['\u001b[31mred', 'a\r\nb', 'pay\u202Elin', 'zero\u200bwidth', '\u009b2J', 'half \ud83d', 'naïve 😀'].map(plain),
  ).toEqual([
    '\\u001b[31mred',
    'a\\u000d\\u000ab',
    'pay\\u202elin',
    'zero\\u200bwidth',
    '\\u009b2J',
    'half \\ud83d',
    'naïve 😀',
  ]);
});

it.each(HOSTILE.map((text) => [text.slice(0, 40), text]))(
  'leaves nothing in %j that a terminal would act on',
  (_, text) => {
    expect([isHarmless(plain(text)), isHarmless(safeJson({ [text]: text }))]).toEqual([true, true]);
  },
);

it('writes JSON that is harmless and means the same', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.string({ unit: 'binary' }), fc.constantFrom(undefined, 2), (value, name, indent) => {
      const whole = { [`k${name}`]: [value, name] };
      const json = safeJson(whole, indent);
      expect([JSON.parse(json), isHarmless(json.replaceAll('\n', ''))]).toEqual([
        JSON.parse(JSON.stringify(whole)),
        true,
      ]);
    }),
  );
});
