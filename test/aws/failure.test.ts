import { afterEach, describe, expect, it } from 'vitest';
import type { InputOf, ReadAction } from '../../shared/aws/actions.ts';
import type { Reader } from '../../shared/aws/reader.ts';
import { awsSession } from '../../shared/aws/session.ts';
import { awsError, type Reply, type ScriptedAws, scriptedAws } from '../support/scripted-aws.ts';

const account = '111122223333';
let server: ScriptedAws | undefined;
afterEach(() => server?.stop());

async function reading(reply: Reply, client: object = {}): Promise<Reader> {
  server = await scriptedAws(() => reply);
  const session = awsSession({
    home: { account, region: 'eu-west-1' },
    now: () => 7,
    client: { requestTimeout: 200, sdk: { ...server.client, ...client } },
  });
  return session.batch().reader(account, 'eu-west-1');
}

const INPUTS: { [A in ReadAction]?: InputOf<A> } = {
  'cloudtrail:GetTrail': { Name: 'main' },
  'ec2:DescribeSecurityGroups': { GroupIds: ['sg-1'] },
  'ecr:GetRepositoryPolicy': { repositoryName: 'app' },
  'eks:DescribeCluster': { name: 'prod' },
  'iam:GetRole': { RoleName: 'node' },
  'inspector2:ListFindings': {},
  'kms:DescribeKey': { KeyId: 'key-1' },
  'logs:DescribeLogGroups': {},
};
const ask = (reader: Reader, action: ReadAction) => reader.read(action, INPUTS[action] as InputOf<ReadAction>);

const GONE: [ReadAction, number, string][] = [
  ['cloudtrail:GetTrail', 400, 'TrailNotFoundException'],
  ['ec2:DescribeSecurityGroups', 400, 'InvalidGroup.NotFound'],
  ['ec2:DescribeSecurityGroups', 400, 'InvalidLaunchTemplateName.NotFoundException'],
  ['ec2:DescribeSecurityGroups', 400, 'InvalidLaunchTemplateId.VersionNotFound'],
  ['ecr:GetRepositoryPolicy', 400, 'RepositoryPolicyNotFoundException'],
  ['eks:DescribeCluster', 404, 'ResourceNotFoundException'],
  ['iam:GetRole', 404, 'NoSuchEntity'],
  ['kms:DescribeKey', 400, 'NotFoundException'],
  ['logs:DescribeLogGroups', 400, 'ResourceNotFoundException'],
];
const REFUSED: [ReadAction, number, string][] = [
  ['cloudtrail:GetTrail', 400, 'AccessDeniedException'],
  ['ec2:DescribeSecurityGroups', 403, 'UnauthorizedOperation'],
  ['ec2:DescribeSecurityGroups', 401, 'AuthFailure'],
  ['ecr:GetRepositoryPolicy', 400, 'AccessDeniedException'],
  ['eks:DescribeCluster', 403, 'AccessDeniedException'],
  ['eks:DescribeCluster', 403, 'UnrecognizedClientException'],
  ['iam:GetRole', 403, 'AccessDenied'],
  ['inspector2:ListFindings', 403, 'AccessDeniedException'],
  ['kms:DescribeKey', 400, 'AccessDeniedException'],
  ['logs:DescribeLogGroups', 400, 'AccessDeniedException'],
];
const UNAVAILABLE: [ReadAction, number, string][] = [
  ['cloudtrail:GetTrail', 400, 'ThrottlingException'],
  ['ec2:DescribeSecurityGroups', 503, 'RequestLimitExceeded'],
  ['ec2:DescribeSecurityGroups', 500, 'InternalError'],
  ['ecr:GetRepositoryPolicy', 500, 'ServerException'],
  ['eks:DescribeCluster', 429, 'ThrottlingException'],
  ['eks:DescribeCluster', 429, 'TooManyRequestsException'],
  ['eks:DescribeCluster', 503, 'ServiceUnavailableException'],
  ['eks:DescribeCluster', 403, 'ExpiredTokenException'],
  ['iam:GetRole', 400, 'Throttling'],
  ['iam:GetRole', 403, 'ExpiredToken'],
  ['kms:DescribeKey', 500, 'KMSInternalException'],
  ['kms:DescribeKey', 503, 'DependencyTimeoutException'],
  ['logs:DescribeLogGroups', 503, 'ServiceUnavailableException'],
];
const MALFORMED: [ReadAction, number, string][] = [
  ['cloudtrail:GetTrail', 400, 'InvalidTrailNameException'],
  ['ec2:DescribeSecurityGroups', 400, 'InvalidParameterValue'],
  ['eks:DescribeCluster', 400, 'InvalidParameterException'],
  ['eks:DescribeCluster', 404, 'NotFoundException'],
  ['eks:DescribeCluster', 400, 'SomethingQuiteNew'],
  ['iam:GetRole', 400, 'ValidationError'],
  ['inspector2:ListFindings', 400, 'ValidationException'],
  ['kms:DescribeKey', 400, 'InvalidArnException'],
];

describe('an error of AWS is a value', () => {
  it.each(GONE)('%s %i %s: gone', async (action, status, code) => {
    const reader = await reading(awsError(action, status, code));
    expect(await ask(reader, action)).toEqual({ outcome: 'gone', began: 7 });
    expect(server?.asked).toHaveLength(1);
  });

  it.each(REFUSED)('%s %i %s: refused', async (action, status, code) => {
    const reader = await reading(awsError(action, status, code));
    const why = `${code} on ${action}.`;
    expect(await ask(reader, action)).toEqual({ outcome: 'refused', began: 7, action, why });
    expect(server?.asked).toHaveLength(1);
  });

  it.each(UNAVAILABLE)('H-01: %s %i %s: unavailable', async (action, status, code) => {
    const reader = await reading(awsError(action, status, code));
    const why = `${code} on ${action}.`;
    expect(await ask(reader, action)).toEqual({ outcome: 'unavailable', began: 7, action, why });
  });

  it.each(MALFORMED)('%s %i %s: malformed', async (action, status, code) => {
    const reader = await reading(awsError(action, status, code));
    const why = `${code} on ${action}.`;
    expect(await ask(reader, action)).toEqual({ outcome: 'malformed', began: 7, action, why });
  });

  it('tries a throttled call three times', async () => {
    const reader = await reading(awsError('eks:DescribeCluster', 429, 'ThrottlingException'));
    await ask(reader, 'eks:DescribeCluster');
    expect(server?.asked).toHaveLength(3);
  });

  it.each(['drop', 'hang'] as const)('a connection that would %s is unavailable', async (reply) => {
    const read = await ask(await reading(reply), 'eks:DescribeCluster');
    expect(read.outcome).toBe('unavailable');
  });

  it('an answer that stops halfway is unavailable', { timeout: 4000 }, async () => {
    const read = await ask(await reading({ status: 200, body: '{"cluster":', stops: true }), 'eks:DescribeCluster');
    expect(read).toMatchObject({ outcome: 'unavailable', why: 'TimeoutError on eks:DescribeCluster.' });
  });

  it('nobody listening is unavailable', async () => {
    const read = await ask(await reading('drop', { endpoint: 'http://127.0.0.1:1' }), 'eks:DescribeCluster');
    expect(read).toMatchObject({ outcome: 'unavailable', why: 'ECONNREFUSED on eks:DescribeCluster.' });
  });

  it.each([
    ['eks:DescribeCluster', '{"cluster": {'],
    ['eks:DescribeCluster', '<html>A proxy.</html>'],
    ['iam:GetRole', '<GetRoleResponse><Get'],
  ] as const)('an answer to %s that cannot be read is malformed: %s', async (action, body) => {
    const read = await ask(await reading({ status: 200, body }), action);
    expect(read.outcome).toBe('malformed');
  });

  it('a 503 with a page of a proxy is unavailable, a 403 refused, a 404 never gone', async () => {
    const outcomes = [503, 403, 404].map(async (status) => {
      const scripted = await scriptedAws(() => ({ status, body: '<html>A proxy.</html>' }));
      const session = awsSession({ home: { account, region: 'eu-west-1' }, client: { sdk: scripted.client } });
      const read = await ask(session.batch().reader(account, 'eu-west-1'), 'eks:DescribeCluster');
      await scripted.stop();
      return read.outcome;
    });
    expect(await Promise.all(outcomes)).toEqual(['unavailable', 'refused', 'malformed']);
  });

  it('names the permission that is missing, and the policy that denies it', async () => {
    const message =
      'User: x is not authorized to perform: kms:DescribeKey on resource: y with an explicit deny in a service control policy';
    const reader = await reading(awsError('eks:DescribeCluster', 403, 'AccessDeniedException', message));
    expect(await ask(reader, 'eks:DescribeCluster')).toEqual({
      outcome: 'refused',
      began: 7,
      action: 'kms:DescribeKey',
      why: 'AccessDeniedException on kms:DescribeKey: an explicit deny in a service control policy.',
    });
  });

  it('Y-01: no message, header or code of an error gets through', async () => {
    const canary = 'CANARY-AKIAIOSFODNN7EXAMPLE';
    const replies = [
      awsError('eks:DescribeCluster', 403, 'AccessDeniedException', `not authorized to perform: ${canary}`),
      awsError('eks:DescribeCluster', 400, `Bad ${canary}`, canary),
      { status: 200, body: `{"${canary}` },
      { status: 500, body: canary, headers: { 'x-canary': canary } },
    ];
    for (const reply of replies) {
      expect(JSON.stringify(await ask(await reading(reply), 'eks:DescribeCluster'))).not.toContain('CANARY');
      await server?.stop();
    }
  });

  it('throws what is none of AWS: a bug', async () => {
    const reader = await reading('drop');
    await expect(reader.read('eks:DescribeCluster', {} as { name: string })).rejects.toThrow(/name/);
  });

  it('says in one sentence that there are no credentials', async () => {
    const credentials = () => Promise.reject(Object.assign(new Error('x'), { name: 'CredentialsProviderError' }));
    const reader = await reading('drop', { credentials });
    await expect(ask(reader, 'eks:DescribeCluster')).rejects.toThrow(
      'No AWS credentials were found: sign in, or set AWS_PROFILE.',
    );
  });
});
