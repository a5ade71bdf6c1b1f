import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { callerOf } from '../../../shared/aws/operator/callers.ts';
import { needed, operatorSession, unreadText } from '../../../shared/aws/operator/session.ts';
import { stackResources } from '../../../shared/aws/operator/stack.ts';

/** Answers with what the test says, and keeps who signed what for which region. */
let server: Server;
let answers: { status: number; body: string }[];
let signed: string[];

beforeEach(async () => {
  [answers, signed] = [[], []];
  server = createServer((request, response) => {
    const { authorization = '' } = request.headers;
    signed.push(/Credential=(\w+)\/\d+\/([\w-]+)\/(\w+)/.exec(authorization)?.slice(1).join(' ') ?? 'nobody');
    request.resume().on('end', () => {
      const { status, body } = answers.shift() ?? { status: 500, body: '' };
      response.writeHead(status, { 'content-type': 'text/xml' }).end(body);
    });
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAPERSON');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'sample');
  vi.stubEnv('AWS_MAX_ATTEMPTS', '1');
});
afterEach(() => {
  vi.unstubAllEnvs();
  server.close();
});

const error = (status: number, code: string, message = '') => ({
  status,
  body: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
});
const caller = {
  status: 200,
  body: '<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::111122223333:user/ana</Arn><UserId>AIDA1</UserId><Account>111122223333</Account></GetCallerIdentityResult></GetCallerIdentityResponse>',
};
const session = operatorSession({ region: 'eu-west-1' });
const said = async (code: string, status = 403, message = '') => {
  answers = Array.from({ length: 3 }, () => error(status, code, message));
  const read = await callerOf(session);
  return read.outcome === 'found' || read.outcome === 'gone' ? read.outcome : unreadText(read);
};

it('who calls is told by AWS, in the region that was named', async () => {
  answers = [caller, caller];
  expect([
    await callerOf(session),
    (await callerOf(operatorSession({ region: 'cn-north-1' }))).outcome,
    signed,
  ]).toMatchObject([
    {
      outcome: 'found',
      value: { account: '111122223333', arn: 'arn:aws:iam::111122223333:user/ana', userId: 'AIDA1' },
    },
    'found',
    ['AKIAPERSON eu-west-1 sts', 'AKIAPERSON cn-north-1 sts'],
  ]);
});

it('a role is taken on first where one is named', async () => {
  const assumed = `<AssumeRoleResponse><AssumeRoleResult><Credentials><AccessKeyId>ASIAROLE</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>2999-01-01T00:00:00Z</Expiration></Credentials></AssumeRoleResult></AssumeRoleResponse>`;
  answers = [{ status: 200, body: assumed }, caller, caller];
  const roleArn = 'arn:aws:iam::111122223333:role/operator';
  const other = operatorSession({ region: 'eu-west-1', roleArn });
  await callerOf(other);
  await callerOf(other);
  expect(signed).toEqual(['AKIAPERSON eu-west-1 sts', 'ASIAROLE eu-west-1 sts', 'ASIAROLE eu-west-1 sts']);
});

it('what AWS refuses is one sentence that says what to do, without its message', async () => {
  const denied = 'User: x is not authorized to perform: cloudformation:ListStackResources on resource: y with secret';
  expect([
    await said('AccessDenied', 403, denied),
    await said('ExpiredToken'),
    await said('InvalidClientTokenId'),
    await said('Throttling', 400),
    await said('SomethingNew', 400),
  ]).toEqual([
    'Denied: eks-warden needs cloudformation:ListStackResources for this (AccessDenied on cloudformation:ListStackResources).',
    'The AWS credentials have ended: sign in again.',
    'AWS does not take these credentials (InvalidClientTokenId on sts:GetCallerIdentity): sign in again.',
    'AWS did not answer (Throttling on sts:GetCallerIdentity): try again.',
    "AWS's answer cannot be used (SomethingNew on sts:GetCallerIdentity).",
  ]);
});

it('a stack that does not exist is gone, and any other mistake is not', async () => {
  answers = [
    error(400, 'ValidationError', 'Stack with id x does not exist'),
    error(400, 'ValidationError', 'Bad name'),
  ];
  const reads = [await stackResources(session, 'x'), await stackResources(session, '?')];
  expect(reads.map(({ outcome }) => outcome)).toEqual(['gone', 'malformed']);
});

it('without credentials, or with a profile that there is none of, it says how to get them', async () => {
  for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) vi.stubEnv(name, undefined);
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
  vi.stubEnv('AWS_CONFIG_FILE', '/nowhere');
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/nowhere');
  const sentence =
    'No AWS credentials were found, or they cannot be used: sign in (aws sso login), or name a profile with --profile.';
  await expect(callerOf(session)).rejects.toThrow(sentence);
  await expect(callerOf(operatorSession({ region: 'eu-west-1', profile: 'none' }))).rejects.toThrow(sentence);
});

it('what a command cannot do without ends it with the sentence', () => {
  const refused = { outcome: 'refused', began: 0, action: 'sns:Publish', why: 'AccessDenied on sns:Publish.' } as const;
  expect(needed({ outcome: 'found', value: 7, began: 0 }, '')).toBe(7);
  expect(() => needed({ outcome: 'gone', began: 0 }, 'There is no topic.')).toThrow('There is no topic.');
  expect(() => needed(refused, '')).toThrow(
    'Denied: eks-warden needs sns:Publish for this (AccessDenied on sns:Publish).',
  );
});
