import { expect, it } from 'vitest';
import { jsonText } from '../../shared/derive/json.ts';

const long = ['x'.repeat(56), 'y'.repeat(55)];

it.each([
  ['plain values', 'a "b"', '"a \\"b\\""\n'],
  ['empty ones', { a: [], b: {} }, '{\n  "a": [],\n  "b": {}\n}\n'],
  ['a short list on one line', { a: [1, null, 'b'] }, '{\n  "a": [1, null, "b"]\n}\n'],
  ['what is undefined not at all', { a: undefined, b: 1 }, '{\n  "b": 1\n}\n'],
  ['a list of mappings on several', [{ a: 1 }], '[\n  {\n    "a": 1\n  }\n]\n'],
  ['a list of lists on several', [[1], [2]], '[\n  [1],\n  [2]\n]\n'],
  ['a list that just fits on one line', long, `["${long.join('", "')}"]\n`],
  ['one that does not', [...long, 1], `[\n  "${long.join('",\n  "')}",\n  1\n]\n`],
])('writes %s', (_, value, text) => {
  expect(jsonText(value)).toBe(text);
  expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
});
