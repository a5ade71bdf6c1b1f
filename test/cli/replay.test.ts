import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, it } from 'vitest';
import { aRecord as change } from '../support/a-record.ts';
import { runCommand } from '../support/run-command.ts';

const folder = mkdtempSync(join(tmpdir(), 'eks-warden-'));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, 'baseline.yml'), 'catalogue: 1\ncontrols:\n  eks-control-plane-logging: notify\n');

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

async function replayed(input: string | Buffer) {
  const { code, out, err } = await runCommand(['replay', '-', '--format', 'json'], { cwd: folder, input });
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

it('names at a sighting only the controls that judge it', async () => {
  const both = join(folder, 'both.yml');
  writeFileSync(both, 'catalogue: 1\ncontrols:\n  api-tls-version: notify\n  node-sg-ingress: notify\n');
  const input = JSON.stringify({ ...change, tlsDetails: { tlsVersion: 'TLSv1.1', cipherSuite: 'AES128-SHA' } });
  const { out } = await runCommand(['replay', '-', '--baseline', both, '--format', 'json'], { cwd: folder, input });
  const { rechecks, sightings } = JSON.parse(out);
  const seen = [...rechecks, ...sightings].map(({ kind, controls }) => [kind, controls]);
  expect(seen).toEqual([
    ['cluster', ['node-sg-ingress']],
    ['principal', ['api-tls-version']],
  ]);
});
