import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  clip,
  forEmail,
  forMarkdown,
  forMarkdownCode,
  forSlack,
  forSlackCode,
  forSubject,
  visible,
} from '../../shared/notices/escape.ts';
import { HOSTILE } from '../support/hostile.ts';

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme-composite' }),
  fc.array(fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit))).map((units) => units.join('')),
  fc
    .array(fc.constantFrom('&', '<', '>', '`', '*', '\ud83d', '\ude00', '\r\n', '\u202e', 'a'))
    .map((parts) => parts.join('')),
);
const anyLength = fc.integer({ min: 3, max: 200 });
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u;

it('shows what is hidden, on one line', () => {
  expect(visible('pay\u202Etxt\u0000 \u001b[31m\r\nnext\tcell \ud83d')).toBe(
    'pay\\u{202e}txt\\u{0} \\u{1b}[31m next cell �',
  );
});

it('leaves names that people really use as they are', () => {
  const names = 'arn:aws:iam::111122223333:role/team/Größe_数据-😀';
  expect([visible(names), forSlack(names, 100), forEmail(names, 100)]).toEqual([names, names, names]);
});

it.each(HOSTILE.map((text) => [JSON.stringify(text).slice(0, 40), text]))(
  'IN-01: nothing hidden or active is left of %s',
  (_, text) => {
    const slack = forSlack(text, 500);
    expect({
      hidden: [visible(text), slack, forMarkdown(text, 500), forEmail(text, 500)].filter((one) => unseen.test(one)),
      halves: [slack, forMarkdown(text, 500), forEmail(text, 500)].filter((one) => !one.isWellFormed()),
      unescaped: slack.replace(/&(amp|lt|gt);/g, '').match(/[<>&]/g),
      ticks: [forSlackCode(text, 500), forMarkdownCode(text, 500)].map((one) => one.split('`').length - 1),
      formatting: forMarkdown(text, 500).match(/[<>`*_~[\]@#|]|:\/\//g),
    }).toEqual({ hidden: [], halves: [], unescaped: null, ticks: [2, 2], formatting: null });
  },
);

it('IN-05: a subject is one line of fewer than 100 visible ASCII characters, whatever is in it', () => {
  fc.assert(fc.property(anyText, (text) => /^[\x21-\x7e]([\x20-\x7e]{0,97}[\x21-\x7e])?$/.test(forSubject(text))));
  expect(HOSTILE.filter((text) => !/^[\x21-\x7e][\x20-\x7e]{0,98}$/.test(forSubject(text)))).toEqual([]);
});

it('N-04: a text is never longer than allowed, and no pair or entity is cut', () => {
  fc.assert(
    fc.property(anyText, anyLength, (text, most) => {
      const slack = forSlack(text, most);
      expect(slack.length).toBeLessThanOrEqual(most);
      expect(slack.isWellFormed()).toBe(true);
      expect(slack.replace(/&(amp|lt|gt);/g, '')).not.toMatch(/[<>&]/);
      expect(forSlackCode(text, most).length).toBeLessThanOrEqual(most);
      expect(forMarkdown(text, most).length).toBeLessThanOrEqual(most);
      expect(forMarkdown(text, most)).not.toMatch(/[<>`*_~[\]@#|]/);
      expect(forEmail(text, most)).not.toMatch(unseen);
    }),
    { numRuns: 500 },
  );
});

it('N-04: cuts before a pair and before an entity, and says that it did', () => {
  expect([
    clip('abc😀', 4),
    clip('ab😀x', 4),
    clip('abc😀', 5),
    forSlack('ab😀x', 4),
    forSlack('abcdef&', 10),
    forSlack('abcdefgh&', 12),
  ]).toEqual(['abc…', 'ab…', 'abc😀', 'ab…', 'abcdef…', 'abcdefgh…']);
});
