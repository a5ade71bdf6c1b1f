import { join } from 'node:path';
import {
  CloudTrailClient,
  CreateTrailCommand,
  PutEventSelectorsCommand,
  StartLoggingCommand,
} from '@aws-sdk/client-cloudtrail';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { CreateRepositoryCommand, ECRClient, SetRepositoryPolicyCommand } from '@aws-sdk/client-ecr';
import {
  AttachRolePolicyCommand,
  CreateOpenIDConnectProviderCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { type Running, startServer } from '../stack/emulator/process.ts';
import { CACHE, REGION, ROOT } from '../stack/place.ts';
import { documentText } from '../support/cloud/audited/account.ts';
import type { Account } from '../support/cloud/audited/index.ts';

/** What an account has in moto, so that a second emulator, which is not ours, tells whether a fix works; the rest stays ours. */
export const IN_MOTO: readonly string[] = ['cloudtrail', 'ecr', 'iam', 'logs', 's3'];

/** With AWS's own policies, which our stack tests do without. */
export function startMoto(venv: string): Promise<Running> {
  return startServer({
    name: 'moto',
    command: join(venv, 'bin', 'python'),
    args: (port) => [join(ROOT, 'test', 'stack', 'emulator', 'start-moto.py'), String(port)],
    environment: () => ({
      HOME: '/nonexistent',
      LANG: 'C.UTF-8',
      PYTHONDONTWRITEBYTECODE: '1',
      MOTO_IAM_LOAD_MANAGED_POLICIES: 'true',
      AWS_DEFAULT_REGION: REGION,
    }),
    path: '/moto-api/data.json',
    log: join(CACHE, 'moto-for-fixes.log'),
  });
}

interface Settings {
  endpoint: string;
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
  maxAttempts: number;
}

export const settingsOf = (endpoint: string, account: string): Settings => ({
  endpoint,
  region: REGION,
  credentials: { accessKeyId: account, secretAccessKey: 'test' },
  maxAttempts: 1,
});

/** Makes in moto what the document says of the services that are there. */
export async function fillMoto(endpoint: string, account: string, document: Account): Promise<void> {
  const settings = settingsOf(endpoint, account);
  await Promise.all([
    makeIdentities(settings, document),
    makeRepositories(settings, document),
    makeRecords(settings, document),
  ]);
}

async function makeIdentities(settings: Settings, { iam }: Account): Promise<void> {
  const client = new IAMClient(settings);
  for (const { Url = '', ClientIDList = [], ThumbprintList = [] } of Object.values(iam.oidcProviders ?? {})) {
    await client.send(new CreateOpenIDConnectProviderCommand({ Url: `https://${Url}`, ClientIDList, ThumbprintList }));
  }
  for (const { Arn = '', PolicyName = '', Path = '/' } of Object.values(iam.policies ?? {})) {
    if (Arn.includes(':aws:policy/')) continue;
    const [first = {}, ...others] = Object.values(iam.policyVersions?.[Arn] ?? {}).map(documentText);
    await client.send(new CreatePolicyCommand({ PolicyName, Path, PolicyDocument: String(first) }));
    for (const PolicyDocument of others)
      await client.send(new CreatePolicyVersionCommand({ PolicyArn: Arn, PolicyDocument }));
  }
  for (const [RoleName, { AssumeRolePolicyDocument = '', Path = '/' }] of Object.entries(iam.roles ?? {})) {
    const trust = documentText(AssumeRolePolicyDocument);
    await client.send(new CreateRoleCommand({ RoleName, Path, AssumeRolePolicyDocument: trust }));
    for (const PolicyArn of iam.attachedPolicies?.[RoleName] ?? []) {
      await client.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
    }
    for (const [PolicyName, document] of Object.entries(iam.inlinePolicies?.[RoleName] ?? {})) {
      await client.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument: documentText(document) }));
    }
  }
}

async function makeRepositories(settings: Settings, { regions }: Account): Promise<void> {
  const client = new ECRClient(settings);
  const { repositories = {}, repositoryPolicies = {} } = regions[REGION] ?? {};
  for (const [repositoryName, { imageTagMutability, imageTagMutabilityExclusionFilters: filters }] of Object.entries(
    repositories,
  )) {
    await client.send(
      new CreateRepositoryCommand({
        repositoryName,
        imageTagMutability,
        ...(filters ? { imageTagMutabilityExclusionFilters: filters } : {}),
      }),
    );
    const policy = repositoryPolicies[repositoryName];
    if (policy) await client.send(new SetRepositoryPolicyCommand({ repositoryName, policyText: documentText(policy) }));
  }
}

async function makeRecords(settings: Settings, { regions }: Account): Promise<void> {
  const logs = new CloudWatchLogsClient(settings);
  const { logGroups = {}, trails = {}, trailStatus = {}, eventSelectors = {} } = regions[REGION] ?? {};
  for (const [logGroupName, { retentionInDays }] of Object.entries(logGroups)) {
    await logs.send(new CreateLogGroupCommand({ logGroupName }));
    if (retentionInDays) await logs.send(new PutRetentionPolicyCommand({ logGroupName, retentionInDays }));
  }
  const client = new CloudTrailClient(settings);
  const { accessKeyId } = settings.credentials;
  const Bucket = `cloudtrail-${accessKeyId}`;
  const CreateBucketConfiguration = { LocationConstraint: REGION } as const;
  await new S3Client({ ...settings, forcePathStyle: true }).send(
    new CreateBucketCommand({ Bucket, CreateBucketConfiguration }),
  );
  for (const [Name, { IsMultiRegionTrail = false }] of Object.entries(trails)) {
    await client.send(new CreateTrailCommand({ Name, S3BucketName: Bucket, IsMultiRegionTrail }));
    const { EventSelectors } = eventSelectors[Name] ?? {};
    if (EventSelectors) await client.send(new PutEventSelectorsCommand({ TrailName: Name, EventSelectors }));
    if (trailStatus[Name]?.IsLogging) await client.send(new StartLoggingCommand({ Name }));
  }
}
