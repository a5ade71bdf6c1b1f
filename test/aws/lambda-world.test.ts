import { execFileSync } from 'node:child_process';
import { afterEach, expect, it, vi } from 'vitest';
import { lambdaWorld } from '../../shared/aws/lambda-world.ts';
import { awsError, json, type ScriptedAws, scriptedAws } from '../support/scripted-aws.ts';

let server: ScriptedAws | undefined;
afterEach(async () => {
  vi.unstubAllEnvs();
  await server?.stop();
});

const told = {
  log: { info: () => {}, warn: () => {}, error: () => {} },
  metrics: { count: () => {}, duration: () => {} },
};

it('builds every part from the environment, over AWS_ENDPOINT_URL', async () => {
  server = await scriptedAws(({ body, path }) => {
    if (path.startsWith('/clusters')) return json({ cluster: { name: 'prod' } });
    if (body.includes('ConsistentRead')) return json({ Item: { pk: { S: 'a' } } });
    return awsError('sts:AssumeRole', 400, 'Other');
  });
  vi.stubEnv('AWS_ENDPOINT_URL', server.endpoint);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  const wiring = { FINDINGS_TABLE: 'findings', RECHECKS_QUEUE: 'https://q', OWN_ACCOUNT: '111122223333' };
  const accounts = ['444455556666', '777788889999'];
  const world = lambdaWorld(wiring, told, { AWS_REGION: 'eu-west-1' }, { accounts });
  const reader = world.aws.batch().reader('111122223333', 'eu-west-1');
  expect(await world.table.get('a', 'b')).toEqual({ pk: 'a' });
  expect(await reader.read('eks:DescribeCluster', { name: 'prod' })).toMatchObject({ outcome: 'found' });
  const members = ['777788889999', '888899990000'].map(async (account) => {
    const read = await world.aws.batch().reader(account, 'eu-west-1').read('eks:DescribeCluster', { name: 'prod' });
    return 'why' in read ? read.why : read;
  });
  expect(await Promise.all(members)).toEqual(['Other on sts:AssumeRole.', 'The account is not on the registry.']);
});

it('a part without its setting throws when it is used, and names it', async () => {
  const world = lambdaWorld({}, told, { AWS_REGION: 'eu-west-1' });
  const lacks = (setting: string) => `This function has no ${setting}: name it where its world is made.`;
  await expect(world.table.get('a', 'b')).rejects.toThrow(lacks('FINDINGS_TABLE'));
  await expect(world.rechecks.send({})).rejects.toThrow(lacks('RECHECKS_QUEUE'));
  await expect(world.fixes.send({})).rejects.toThrow(lacks('FIXES_QUEUE'));
  const notice = { subject: '', message: { default: '' }, attributes: {} };
  await expect(world.notices.publish(notice)).rejects.toThrow(lacks('NOTICES_TOPIC'));
  expect(() => world.aws.batch()).toThrow(lacks('OWN_ACCOUNT'));
  expect(() => lambdaWorld({}, told, {})).toThrow('Settings are missing from the environment: AWS_REGION.');
});

it('loads nothing of the SDK before a part is used', () => {
  const script = `
    import { registerHooks } from 'node:module';
    const loaded = [];
    registerHooks({ resolve(name, context, next) { loaded.push(name); return next(name, context); } });
    const { lambdaWorld } = await import('./shared/aws/lambda-world.ts');
    lambdaWorld({ FINDINGS_TABLE: 't', OWN_ACCOUNT: '1' }, {}, { AWS_REGION: 'eu-west-1' }).aws.batch().reader('1', 'global');
    console.log(JSON.stringify(loaded.filter((name) => /aws-sdk|smithy|zod/.test(name))));`;
  const told = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  expect(JSON.parse(told)).toEqual([]);
});
