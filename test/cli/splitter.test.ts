import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Piece, Splitter } from '../../shared/cli/replay/splitter.ts';

function piecesOf(text: string, size = Number.POSITIVE_INFINITY): (string | Exclude<Piece, { bytes: Buffer }>)[] {
  const pieces: (string | Exclude<Piece, { bytes: Buffer }>)[] = [];
  const splitter = new Splitter((piece) => pieces.push('bytes' in piece ? piece.bytes.toString() : piece));
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) splitter.feed(bytes.subarray(at, Math.min(bytes.length, at + size)));
  splitter.end();
  return pieces;
}

const forms: Record<string, (records: unknown[], indent: number | undefined) => string> = {
  "CloudTrail's files": (records, indent) => JSON.stringify({ Records: records }, undefined, indent),
  'files with more around the list': (records, indent) =>
    JSON.stringify({ a: [1, [{}]], Records: records, b: [{ c: ']' }] }, undefined, indent),
  'answers of lookup-events': (records, indent) =>
    JSON.stringify({ NextToken: 'x', Events: records }, undefined, indent),
  lists: (records, indent) => JSON.stringify(records, undefined, indent),
  'JSON lines': (records) => records.map((record) => JSON.stringify(record)).join('\n'),
  'JSON lines of Windows': (records) => records.map((record) => `${JSON.stringify(record)}\r\n`).join(''),
  'objects one after another': (records, indent) =>
    records.map((record) => JSON.stringify(record, undefined, indent)).join(''),
};
it.each(Object.entries(forms))('finds each record of %s, however the bytes come in', (_, form) => {
  const record = fc
    .dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ stringUnit: 'binary' }))
    .filter((each) => !('Records' in each || 'Events' in each));
  fc.assert(
    fc.property(
      fc.array(record, { maxLength: 5 }),
      fc.constantFrom(undefined, 1, 2),
      fc.integer({ min: 1, max: 40 }),
      (records, indent, size) => {
        const found = piecesOf(form(records, indent), size).map((piece) =>
          typeof piece === 'string' ? JSON.parse(piece) : piece,
        );
        expect(found).toEqual(JSON.parse(JSON.stringify(records)));
      },
    ),
  );
});

const broken: Record<string, [text: string, pieces: unknown[]]> = {
  nothing: ['', []],
  'an empty list': ['{"Records":[]}', []],
  'no JSON': [
    'hello\nworld',
    [
      { problem: 'What stands here is no JSON.', broken: true },
      { problem: 'What stands here is no JSON.', broken: true },
    ],
  ],
  'a list that is cut off in a record': ['{"Records":[{"a":1},{"b":', ['{"a":1}', '{"b":']],
  'a list that is cut off between records': [
    '{"Records":[{"a":1},',
    ['{"a":1}', { problem: 'The text ends too early.', broken: false }],
  ],
  'a list that is not closed': [
    '{"Records":[{"a":1}}',
    ['{"a":1}', { problem: 'The list is not closed.', broken: false }],
  ],
  'a line that is cut off': ['{"a":1}\n{"b":{"c":"d\n{"e":2}\n', ['{"a":1}', '{"b":{"c":"d\n', '{"e":2}']],
  'words between lines': [
    '{"a":1}\nwhat\n{"e":2}',
    ['{"a":1}', { problem: 'What stands here is no JSON.', broken: true }, '{"e":2}'],
  ],
  'elements that are no objects': ['[1, null, "a]\\"", [2], {"a":[]}]', ['1', 'null', '"a]\\""', '[2]', '{"a":[]}']],
  'the word Records inside a string': ['{"a":"\\"Records\\":[","b":[1]}', ['{"a":"\\"Records\\":[","b":[1]}']],
};
it.each(Object.entries(broken))('goes on past %s, however the bytes come in', (_, [text, pieces]) => {
  expect([1, 2, 3, 7, 1000].map((size) => piecesOf(text, size))).toEqual([1, 2, 3, 7, 1000].map(() => pieces));
});
