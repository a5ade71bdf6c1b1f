import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, it } from 'vitest';
import { HOSTILE } from '../support/hostile.ts';
import { runCommand } from '../support/run-command.ts';

const folder = mkdtempSync(join(tmpdir(), 'eks-warden-'));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, 'baseline.yml'), 'catalogue: 1\ncontrols:\n  eks-control-plane-logging: notify\n');

const change = {
  eventVersion: '1.09',
  userIdentity: {
    type: 'AssumedRole',
    arn: 'arn:aws:sts::111122223333:assumed-role/AWSReservedSSO_Admin_0123456789abcdef/anna@example.com',
    accountId: '111122223333',
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        arn: 'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef',
        userName: 'AWSReservedSSO_Admin_0123456789abcdef',
      },
    },
  },
  eventTime: '2026-11-20T10:12:03Z',
  eventSource: 'eks.amazonaws.com',
  eventName: 'UpdateClusterConfig',
  awsRegion: 'eu-west-1',
  sourceIPAddress: '203.0.113.7',
  userAgent: 'aws-cli/2.15.0 Python/3.11.6 Linux/6.1 exe/x86_64',
  requestParameters: { name: 'payments', logging: { clusterLogging: [{ enabled: false, types: ['audit'] }] } },
  responseElements: null,
  eventID: '00000000-0000-4000-8000-000000000001',
  readOnly: false,
  eventType: 'AwsApiCall',
  recipientAccountId: '111122223333',
};
const failed = { ...change, eventID: '2', errorCode: 'AccessDenied' };
const reading = { ...change, eventID: '3', eventName: 'DescribeCluster', readOnly: true };
const unwatched = { ...change, eventID: '4', eventSource: 's3.amazonaws.com', eventName: 'PutObject' };
const records = [change, failed, reading, unwatched];
const envelopes = records.map((detail) => ({
  'detail-type': 'AWS API Call via CloudTrail',
  source: detail.eventSource.replace('.amazonaws.com', '').replace(/^/, 'aws.'),
  account: '111122223333',
  region: 'eu-west-1',
  detail,
}));

const document = {
  events: 4,
  ignored: { 'failed call': 1, 'not watched': 1, 'read only': 1 },
  rechecks: [
    {
      eventId: '00000000-0000-4000-8000-000000000001',
      event: 'eks:UpdateClusterConfig',
      kind: 'cluster',
      id: 'payments',
      account: '111122223333',
      region: 'eu-west-1',
      actor: 'anna@example.com',
      channel: 'cli',
      controls: ['eks-control-plane-logging'],
    },
  ],
  sightings: [],
  verdicts: [],
  findings: [],
  notices: [],
  errors: [],
};

async function replayed(input: string | Buffer, path = '-') {
  const { code, out, err } = await runCommand(['replay', path, '--format', 'json'], { cwd: folder, input });
  return { code, err, document: out === '' ? undefined : JSON.parse(out) };
}

const forms: Record<string, string | Buffer> = {
  "CloudTrail's files": JSON.stringify({ Records: records }),
  "CloudTrail's files, packed": gzipSync(JSON.stringify({ Records: records })),
  'EventBridge events, one a line': envelopes.map((envelope) => JSON.stringify(envelope)).join('\n'),
  'EventBridge events in a list': JSON.stringify(envelopes, undefined, 2),
  'JSON lines': records.map((record) => `${JSON.stringify(record)}\n`).join(''),
  'the answer of lookup-events': JSON.stringify(
    { Events: records.map((record) => ({ EventId: record.eventID, CloudTrailEvent: JSON.stringify(record) })) },
    undefined,
    4,
  ),
  'records as strings in a list': JSON.stringify(records.map((record) => JSON.stringify(record))),
  'text that begins with a byte-order mark': `\uFEFF${JSON.stringify({ Records: records })}`,
};
it.each(Object.entries(forms))('reads %s from standard input', async (_, input) => {
  expect(await replayed(input)).toEqual({ code: 0, err: '', document });
});

it('reads a tree of folders in the order of names, each file once, and says the same each time', async () => {
  const tree = join(folder, 'AWSLogs');
  mkdirSync(join(tree, 'eu-west-1', '2026'), { recursive: true });
  const at = (id: string) => JSON.stringify({ Records: [{ ...change, eventID: id }] });
  writeFileSync(join(tree, 'eu-west-1', '2026', 'b.json.gz'), gzipSync(at('b')));
  writeFileSync(join(tree, 'eu-west-1', '2026', 'a.json'), at('a'));
  writeFileSync(join(tree, 'c.jsonl'), JSON.stringify({ ...change, eventID: 'c' }));
  writeFileSync(join(tree, 'notes.txt'), 'no log');
  const args = ['replay', tree, join(tree, 'c.jsonl'), '--format', 'json'];
  const [first, second] = await Promise.all([runCommand(args, { cwd: folder }), runCommand(args, { cwd: folder })]);
  const ids = JSON.parse(first.out).rechecks.map(({ eventId }: { eventId: string }) => eventId);
  expect([ids, second]).toEqual([['c', 'a', 'b'], first]);
});

it('prints a row for each resource that would be read again, and what was ignored', async () => {
  const ran = await runCommand(['replay', '-'], { cwd: folder, input: JSON.stringify(records) });
  expect(ran).toEqual({
    code: 0,
    err: '',
    out: `Time (UTC)           Event                    Read again                                 Who               With     From         Controls
2026-11-20 10:12:03  eks:UpdateClusterConfig  cluster payments (111122223333 eu-west-1)  anna@example.com  cli      203.0.113.7  eks-control-plane-logging

4 events · 1 to read again or seen · 3 ignored (1 failed call, 1 read only, 1 not watched).
`,
  });
});

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
    document: { ...document, events: 0, ignored: {}, rechecks: [] },
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
