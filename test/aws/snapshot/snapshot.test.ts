import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ReadAction } from '../../../shared/aws/actions.ts';
import { batchOver } from '../../../shared/aws/batch.ts';
import type { Read } from '../../../shared/aws/read.ts';
import { readSnapshot, snapshotText, writeSnapshot } from '../../../shared/aws/snapshot/file.ts';
import { recording } from '../../../shared/aws/snapshot/recording.ts';
import { replaying } from '../../../shared/aws/snapshot/replaying.ts';
import type { Aws } from '../../../shared/aws/world.ts';

const account = '111122223333';
const now = () => Date.parse('2026-01-02T03:04:05.000Z');
const CANARY = 'CANARY-do-not-keep';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'snapshot-'));
});
afterEach(() => rm(folder, { recursive: true }));

function answering(answers: Partial<Record<ReadAction, Read<unknown>>>): Aws {
  const nothing: Read<unknown> = { outcome: 'gone', began: 0 };
  const read = async (_: object, action: ReadAction) => answers[action] ?? nothing;
  const write = async () => ({ outcome: 'done' as const, value: {} });
  return { batch: () => batchOver({ region: 'eu-west-1', read, write }) };
}

const cluster = { name: 'prod', createdAt: new Date('2025-05-06T07:08:09.123Z'), raw: new Uint8Array([0, 255]) };
const account1: Partial<Record<ReadAction, Read<unknown>>> = {
  'eks:DescribeCluster': { outcome: 'found', value: { cluster }, began: 11 },
  'eks:DescribeNodegroup': { outcome: 'gone', began: 12 },
  'kms:DescribeKey': { outcome: 'refused', began: 13, action: 'kms:DescribeKey', why: 'AccessDenied.' },
  'iam:GetRole': { outcome: 'unavailable', began: 14, action: 'iam:GetRole', why: 'Throttling.' },
};

async function readAll(aws: Aws) {
  const batch = aws.batch();
  const reader = batch.reader(account, 'eu-west-1');
  return [
    await reader.read('eks:DescribeCluster', { name: 'prod' }),
    await reader.read('eks:DescribeNodegroup', { nodegroupName: 'a', clusterName: 'prod' }),
    await reader.read('kms:DescribeKey', { KeyId: 'k' }),
    await batch.reader(account, 'global').read('iam:GetRole', { RoleName: 'r' }),
  ];
}

it.each(['account.json.gz', 'account.json'])('what was recorded is replayed from %s as it was', async (name) => {
  const aws = recording(answering(account1), now);
  const live = await readAll(aws);
  const path = join(folder, name);
  await writeSnapshot(path, aws.snapshot());
  const snapshot = await readSnapshot(path);
  expect(snapshot).toEqual(aws.snapshot());
  expect(snapshot).toMatchObject({ eksWardenSnapshot: 1, takenAt: '2026-01-02T03:04:05.000Z', accounts: [account] });
  expect(await readAll(replaying(snapshot))).toEqual(live);
});

it('the same reads make the same bytes, in whatever order they came', async () => {
  const first = recording(answering(account1), now);
  await readAll(first);
  const second = recording(answering(account1), now);
  const reader = second.batch().reader(account, 'eu-west-1');
  await reader.read('iam:GetRole', { RoleName: 'r' });
  await reader.read('kms:DescribeKey', { KeyId: 'k' });
  await readAll(second);
  expect(snapshotText(second.snapshot())).toBe(snapshotText(first.snapshot()));
});

it('a read that is not in the snapshot is unavailable, and says so', async () => {
  const aws = replaying({ eksWardenSnapshot: 1, takenAt: '2026-01-02T03:04:05.000Z', accounts: [], reads: [] });
  const batch = aws.batch();
  expect(await batch.reader(account, 'eu-west-1').read('eks:DescribeCluster', { name: 'prod' })).toEqual({
    outcome: 'unavailable',
    began: now(),
    action: 'eks:DescribeCluster',
    why: `eks:DescribeCluster {"name":"prod"} of ${account} in eu-west-1 is not in the snapshot.`,
  });
  expect([...batch.calls()]).toEqual([['eks:DescribeCluster', 1]]);
});

it('nothing is written from a snapshot', async () => {
  const aws = replaying({ eksWardenSnapshot: 1, takenAt: '2026-01-02T03:04:05.000Z', accounts: [], reads: [] });
  const write = await aws.batch().writer(account, 'eu-west-1').write('eks:UpdateClusterConfig', { name: 'prod' });
  const why = 'Nothing is ever written from a snapshot.';
  expect(write).toEqual({ outcome: 'refused', action: 'eks:UpdateClusterConfig', why });
});

it('Y-01: secrets of answers never enter a snapshot, and are seen by the asker', async () => {
  const value = {
    LaunchTemplateVersions: [{ LaunchTemplateData: { UserData: CANARY, ImageId: 'ami-1' } }],
    functions: [{ Environment: { Variables: { TOKEN: CANARY, EMPTY: '' } } }, { environment: { PLAIN: CANARY } }],
    containers: [{ environment: [{ name: 'PASSWORD', value: CANARY }] }, { environment: [CANARY] }],
    credentials: { accessKeyId: 'ASIAIOSFODNN7EXAMPLE', secretAccessKey: CANARY, sessionToken: CANARY },
    configurationValues: `{"key":"${CANARY}"}`,
    tags: {
      hook: 'https://hooks.slack.com/services/T0/B0/CANARY',
      key: '-----BEGIN RSA PRIVATE KEY-----\nCANARY\n-----END RSA PRIVATE KEY-----',
      token: 'xoxb-1234567890-CANARY',
    },
  };
  const found: Read<unknown> = { outcome: 'found', value, began: 1 };
  const aws = recording(answering({ 'ec2:DescribeLaunchTemplateVersions': found }), now);
  const reader = aws.batch().reader(account, 'eu-west-1');
  expect(await reader.read('ec2:DescribeLaunchTemplateVersions', {})).toEqual(found);
  const path = join(folder, 'account.json.gz');
  await writeSnapshot(path, aws.snapshot());
  const text = gunzipSync(await readFile(path)).toString();
  expect(text).not.toMatch(/CANARY|ASIAIOSFODNN7EXAMPLE/);
  expect(text.match(/"(?:TOKEN|PASSWORD|ami-1|EMPTY)"/g)).toEqual(['"ami-1"', '"PASSWORD"', '"EMPTY"', '"TOKEN"']);
  expect(text.match(/sha256:[0-9a-f]{64}/g)).toHaveLength(12);
});

it('Y-01: nor do those in documents, which IAM answers URL-encoded; other documents stay byte by byte', async () => {
  const secret = encodeURIComponent(
    '{"id":"AKIAIOSFODNN7EXAMPLE","hook":"https://hooks.slack.com/services/T0/B0/CANARY"}',
  );
  const harmless = encodeURIComponent('{"Statement":[]}').toLowerCase();
  const value = { secret, harmless, share: '100% of a%20b%2' };
  const aws = recording(answering({ 'iam:GetRolePolicy': { outcome: 'found', value, began: 1 } }), now);
  await aws.batch().reader(account, 'eu-west-1').read('iam:GetRolePolicy', { RoleName: 'r', PolicyName: 'p' });
  const [read] = aws.snapshot().reads;
  const kept = read?.outcome === 'found' ? (read.value as typeof value) : undefined;
  expect(kept).toEqual({ ...value, secret: expect.not.stringMatching(/CANARY|AKIA/) });
  expect(JSON.parse(decodeURIComponent(kept?.secret ?? ''))).toEqual({
    id: expect.stringMatching(/^sha256:/),
    hook: expect.stringMatching(/^sha256:/),
  });
});

it('Y-01: in a list of names with values, what its name calls a secret does not enter a snapshot either', async () => {
  const tags = [
    { Key: 'db-Password', Value: CANARY },
    { TagKey: 'api_key', TagValue: CANARY },
    { name: 'SLACK_TOKEN', value: CANARY },
    { key: 'team', value: 'payments' },
    { Key: 'secret', Value: '' },
  ];
  const aws = recording(
    answering({ 'ec2:DescribeTags': { outcome: 'found', value: { tags }, began: 1 } } as never),
    now,
  );
  await aws
    .batch()
    .reader(account, 'eu-west-1')
    .read('ec2:DescribeTags' as never, {} as never);
  const [read] = aws.snapshot().reads;
  const hidden = expect.stringMatching(/^sha256:[0-9a-f]{64}$/);
  expect(read?.outcome === 'found' ? read.value : undefined).toEqual({
    tags: [
      { Key: 'db-Password', Value: hidden },
      { TagKey: 'api_key', TagValue: hidden },
      { name: 'SLACK_TOKEN', value: hidden },
      { key: 'team', value: 'payments' },
      { Key: 'secret', Value: '' },
    ],
  });
});

it('tags stay as they are, for scopes go by them', async () => {
  const cluster = { name: 'prod', tags: { environment: 'production', Env: 'prod' } };
  const found: Read<unknown> = { outcome: 'found', value: { cluster }, began: 1 };
  const aws = recording(answering({ 'eks:DescribeCluster': found }), now);
  await aws.batch().reader(account, 'eu-west-1').read('eks:DescribeCluster', { name: 'prod' });
  const read = await replaying(aws.snapshot())
    .batch()
    .reader(account, 'eu-west-1')
    .read('eks:DescribeCluster', { name: 'prod' });
  expect(read).toEqual(found);
});

it.each([
  ['no.json', undefined, 'cannot be read: is it there, and a file?'],
  ['text.json', 'hello', 'is no snapshot of eks-warden: it is no JSON.'],
  ['cut.json.gz', Buffer.from([0x1f, 0x8b, 8, 0]), 'is a broken gzip file: take the snapshot again.'],
  ['trail.json', '{"Records":[]}', 'is no snapshot of eks-warden: eksWardenSnapshot: Invalid input: expected 1.'],
])('%s gets one sentence', async (name, content, problem) => {
  const path = join(folder, name);
  if (content !== undefined) await writeFile(path, content);
  await expect(readSnapshot(path)).rejects.toMatchObject({ name: 'UserMistake', message: `${path} ${problem}` });
});

it('names the read that is wrong', async () => {
  const path = join(folder, 'half.json');
  const read = { action: 'a:B', account, region: 'eu-west-1', input: {}, began: 1, outcome: 'lost' };
  const head = { eksWardenSnapshot: 1, takenAt: '2026-01-02T03:04:05.000Z', accounts: [] };
  await writeFile(path, JSON.stringify({ ...head, reads: [read] }));
  await expect(readSnapshot(path)).rejects.toThrow(/half\.json is no snapshot of eks-warden: reads\.0\.outcome: /);
});
