import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, it } from 'vitest';
import { aRecord as change } from '../support/a-record.ts';
import { HOSTILE } from '../support/hostile.ts';
import { runCommand } from '../support/run-command.ts';

const folder = mkdtempSync(join(tmpdir(), 'eks-warden-'));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, 'baseline.yml'), 'catalogue: 1\ncontrols:\n  eks-control-plane-logging: notify\n');

async function replayed(input: string | Buffer) {
  const { code, out, err } = await runCommand(['replay', '-', '--format', 'json'], { cwd: folder, input });
  return { code, err, document: JSON.parse(out) };
}

const ok = JSON.stringify(change);
const broken: Record<string, [input: string | Buffer, events: number, errors: object[]]> = {
  'a record that is no JSON': [
    `{"Records":[${ok},{"a":tru},${ok}]}`,
    3,
    [{ record: 2, problem: 'It is broken: no JSON.' }],
  ],
  'a record whose braces do not match': [
    `{"Records":[${ok},{"eventVersion":"1.09","a":{,${ok},${ok}]}`,
    4,
    [
      { record: 2, problem: 'It is broken: no JSON.' },
      { record: null, problem: 'The text ends too early.' },
    ],
  ],
  'records that are no objects': [
    `[${ok},7,null]`,
    3,
    [
      { record: 2, problem: 'It is no JSON object.' },
      { record: 3, problem: 'It is no JSON object.' },
    ],
  ],
  'a string that holds no record': [
    `{"Events":[{"CloudTrailEvent":"{"},{"CloudTrailEvent":${JSON.stringify(ok)}}]}`,
    2,
    [{ record: 1, problem: 'Its CloudTrailEvent is no JSON.' }],
  ],
  'a file that is cut off': [
    `{"Records":[${ok},${ok.slice(0, 200)}`,
    2,
    [{ record: 2, problem: 'It is broken: no JSON.' }],
  ],
  'a file that is cut off between records': [
    `{"Records":[${ok},`,
    1,
    [{ record: null, problem: 'The text ends too early.' }],
  ],
  'a line that is cut off': [
    `${ok}\n${ok.slice(0, 200)}\n${ok}\n`,
    3,
    [{ record: 2, problem: 'It is broken: no JSON.' }],
  ],
  'a packed file that is cut off': [
    gzipSync(`${ok}\n${ok}\n`).subarray(0, -8),
    2,
    [{ record: null, problem: 'It cannot be read on: unexpected end of file.' }],
  ],
};
it.each(Object.entries(broken))(
  'tells %s with its place, goes on, and ends with 3',
  async (_, [input, events, errors]) => {
    const { code, document: found } = await replayed(input);
    expect({ code, events: found.events, rechecks: found.rechecks.length, errors: found.errors }).toEqual({
      code: 3,
      events,
      rechecks: events - errors.filter((error) => 'record' in error && error.record !== null).length,
      errors: errors.map((error) => ({ file: '-', ...error })),
    });
  },
);

it.each([
  ['words', 'hello\nworld\n'],
  ['nothing', ''],
  ['JSON of something else', '{"name":"eks-warden","dependencies":{}}'],
])('says that %s is no CloudTrail, and ends with 2', async (_, input) => {
  const { code, err } = await runCommand(['replay', '-'], { cwd: folder, input });
  const last = err.trimEnd().split('\n').at(-1);
  expect([code, last]).toEqual([
    2,
    "eks-warden: No event of CloudTrail's was found in -: npx eks-warden replay --help tells what is read.",
  ]);
});

it('takes files without any event as they are', async () => {
  expect(await replayed('{"Records":[]}')).toEqual({
    code: 0,
    err: '',
    document: {
      events: 0,
      ignored: {},
      rechecks: [],
      sightings: [],
      verdicts: [],
      findings: [],
      notices: [],
      errors: [],
    },
  });
});

it('IN-04: prints one harmless row for an event whose every text is hostile', async () => {
  const lines = HOSTILE.map((text) => ({
    ...change,
    userAgent: text,
    sourceIPAddress: text,
    userIdentity: { ...change.userIdentity, arn: `${change.userIdentity.arn}${text}`, userName: text },
    eventID: text,
  }));
  const input = lines.map((line) => JSON.stringify(line)).join('\n');
  const [table, json] = await Promise.all([
    runCommand(['replay', '-'], { cwd: folder, input }),
    runCommand(['replay', '-', '--format', 'json'], { cwd: folder, input }),
  ]);
  const unsafe = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Surrogate}]/u;
  expect({
    rows: table.out.split('\n').length,
    unsafe: [...table.out.split('\n'), ...json.out.split('\n')].filter((line) => unsafe.test(line)),
    rechecks: JSON.parse(json.out).rechecks.length,
  }).toEqual({ rows: HOSTILE.length + 4, unsafe: [], rechecks: HOSTILE.length });
});
