import {
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetTrailCommand,
  GetTrailStatusCommand,
  StopLoggingCommand,
} from '@aws-sdk/client-cloudtrail';
import { DescribeLogGroupsCommand, PutRetentionPolicyCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  DeleteRepositoryPolicyCommand,
  DescribeImageScanFindingsCommand,
  DescribeImagesCommand,
  DescribeRepositoriesCommand,
  GetRepositoryPolicyCommand,
  PutImageCommand,
  SetRepositoryPolicyCommand,
} from '@aws-sdk/client-ecr';
import { ListFindingsCommand } from '@aws-sdk/client-inspector2';
import { DescribeKeyCommand } from '@aws-sdk/client-kms';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { namesOf } from '../support/cloud/audited/index.ts';
import { ACCOUNT, aCloud, clientsOf, failure, REGION } from '../support/cloud/audited/testing.ts';

const names = namesOf(ACCOUNT, REGION);
const { repository: repositoryName, digest: imageDigest, trail } = names;
const here = ['regions', REGION];

let cloud: Awaited<ReturnType<typeof aCloud>>;
beforeEach(async () => {
  cloud = await aCloud();
});
afterEach(() => cloud.stop());

it('reads repositories, images and scans', async () => {
  const { ecr } = cloud.clients;
  const { repositories } = await ecr.send(new DescribeRepositoriesCommand({ repositoryNames: [repositoryName] }));
  const { imageDetails } = await ecr.send(
    new DescribeImagesCommand({ repositoryName, imageIds: [{ imageTag: '2026.11.1' }] }),
  );
  const scan = await ecr.send(new DescribeImageScanFindingsCommand({ repositoryName, imageId: { imageDigest } }));
  expect(repositories?.[0]).toMatchObject({
    imageTagMutability: 'IMMUTABLE',
    createdAt: new Date('2026-06-15T07:45:00Z'),
  });
  expect(imageDetails?.[0]).toMatchObject({ imageDigest, imagePushedAt: new Date('2026-11-18T15:20:00Z') });
  expect([scan.imageScanStatus?.status, scan.imageScanFindings?.findings, scan.imageId]).toEqual([
    'COMPLETE',
    [],
    { imageDigest, imageTag: '2026.11.1' },
  ]);
});

it('sets, reads and deletes the policy of a repository', async () => {
  const { ecr } = cloud.clients;
  const policyText = JSON.stringify({ Version: '2012-10-17', Statement: [] });
  const none = await failure(ecr.send(new GetRepositoryPolicyCommand({ repositoryName })));
  await ecr.send(new SetRepositoryPolicyCommand({ repositoryName, policyText }));
  const read = await ecr.send(new GetRepositoryPolicyCommand({ repositoryName }));
  await ecr.send(new DeleteRepositoryPolicyCommand({ repositoryName }));
  const again = await failure(ecr.send(new DeleteRepositoryPolicyCommand({ repositoryName })));
  expect([none.name, read.policyText, again.name]).toEqual([
    'RepositoryPolicyNotFoundException',
    policyText,
    'RepositoryPolicyNotFoundException',
  ]);
  expect(cloud.events[0]).toMatchObject({
    eventSource: 'ecr.amazonaws.com',
    requestParameters: { repositoryName, policyText },
    responseElements: { registryId: ACCOUNT, repositoryName, policyText },
  });
});

it('takes an image, which has no scan yet, and keeps immutable tags', async () => {
  const { ecr } = cloud.clients;
  const put = (imageManifest: string) =>
    ecr.send(new PutImageCommand({ repositoryName, imageManifest, imageTag: 'new' }));
  const { image } = await put('{"schemaVersion":2}');
  const again = await failure(put('{"schemaVersion":3}'));
  const digest = image?.imageId?.imageDigest;
  const scan = await failure(
    ecr.send(new DescribeImageScanFindingsCommand({ repositoryName, imageId: { imageDigest: digest } })),
  );
  expect([again.name, scan.name]).toEqual(['ImageTagAlreadyExistsException', 'ScanNotFoundException']);
  expect(cloud.events[0]?.responseElements).toMatchObject({
    image: { imageId: { imageDigest: digest, imageTag: 'new' } },
  });
});

it('pages the findings of a scan, and says everything else on each page', async () => {
  const findings = ['CVE-1', 'CVE-2', 'CVE-3'].map((name) => ({ name, severity: 'HIGH' as const }));
  cloud.change(ACCOUNT, { imageScanFindings: { findings } }, [...here, 'scans', `${repositoryName}@${imageDigest}`]);
  const page = (nextToken?: string) =>
    cloud.clients.ecr.send(
      new DescribeImageScanFindingsCommand({ repositoryName, imageId: { imageDigest }, maxResults: 2, nextToken }),
    );
  const first = await page();
  const second = await page(first.nextToken);
  const listed = [first, second].map(({ imageScanFindings }) => imageScanFindings?.findings?.map(({ name }) => name));
  expect([listed, second.imageScanStatus?.status]).toEqual([[['CVE-1', 'CVE-2'], ['CVE-3']], 'COMPLETE']);
});

it.each([
  ['RepositoryNotFoundException', new DescribeRepositoriesCommand({ repositoryNames: ['none'] })],
  ['ImageNotFoundException', new DescribeImagesCommand({ repositoryName, imageIds: [{ imageTag: 'none' }] })],
])('says %s', async (code, command) => {
  const { name, status } = await failure(cloud.clients.ecr.send(command as never));
  expect([name, status]).toEqual([code, 400]);
});

it('describes a key by id, ARN and alias, and never one of another account', async () => {
  const read = (KeyId: string) => cloud.clients.kms.send(new DescribeKeyCommand({ KeyId }));
  const found = await Promise.all([names.key, names.keyArn, 'alias/payments'].map(read));
  const foreign = await failure(read(`arn:aws:kms:${REGION}:444455556666:key/${names.key}`));
  const absent = await failure(read('00000000-0000-0000-0000-000000000000'));
  expect(found.map(({ KeyMetadata }) => [KeyMetadata?.Arn, KeyMetadata?.KeyManager])).toEqual(
    Array(3).fill([names.keyArn, 'CUSTOMER']),
  );
  expect([foreign.name, foreign.status, absent.name]).toEqual(['AccessDeniedException', 400, 'NotFoundException']);
});

it('lists log groups by prefix, and sets only retentions that CloudWatch has', async () => {
  const { logs } = cloud.clients;
  const retain = (retentionInDays: number) =>
    logs.send(new PutRetentionPolicyCommand({ logGroupName: names.logGroup, retentionInDays }));
  const refused = await failure(retain(100));
  await retain(90);
  const { logGroups } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: '/aws/eks/' }));
  const none = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: '/aws/lambda/' }));
  expect([logGroups?.map((group) => [group.logGroupName, group.retentionInDays]), none.logGroups]).toEqual([
    [[names.logGroup, 90]],
    [],
  ]);
  expect(refused.name).toBe('InvalidParameterException');
  expect(cloud.events[1]?.responseElements).toBeNull();
});

it('shows a multi-region trail everywhere, and lets it be changed at home only', async () => {
  const home = cloud.clients.cloudtrail;
  const away = clientsOf(cloud.url, { region: 'eu-central-1' }).cloudtrail;
  const arn = names.arn('cloudtrail', `trail/${trail}`);
  const { trailList } = await away.send(new DescribeTrailsCommand({}));
  const own = await away.send(new DescribeTrailsCommand({ includeShadowTrails: false }));
  const byName = await failure(away.send(new GetTrailStatusCommand({ Name: trail })));
  const notHome = await failure(away.send(new StopLoggingCommand({ Name: arn })));
  await home.send(new StopLoggingCommand({ Name: trail }));
  const status = await away.send(new GetTrailStatusCommand({ Name: arn }));
  const { EventSelectors } = await away.send(new GetEventSelectorsCommand({ TrailName: arn }));
  const { Trail } = await home.send(new GetTrailCommand({ Name: trail }));
  expect([trailList?.map(({ TrailARN }) => TrailARN), own.trailList]).toEqual([[arn], []]);
  expect([byName.name, notHome.name]).toEqual(['TrailNotFoundException', 'InvalidHomeRegionException']);
  expect([status.IsLogging, EventSelectors?.[0]?.ReadWriteType, Trail?.IsMultiRegionTrail]).toEqual([
    false,
    'All',
    true,
  ]);
  expect(cloud.events.at(-1)).toMatchObject({
    eventName: 'StopLogging',
    requestParameters: { name: trail },
    responseElements: null,
  });
});

it('finds Inspector findings by image and status, and refuses filters that it does not know', async () => {
  const finding = (findingArn: string, imageHash: string, status: string) => ({
    findingArn,
    status,
    severity: 'CRITICAL',
    firstObservedAt: '2026-11-01T00:00:00.000Z',
    resources: [
      {
        type: 'AWS_ECR_CONTAINER_IMAGE',
        id: imageHash,
        details: { awsEcrContainerImage: { repositoryName, imageHash, registry: ACCOUNT } },
      },
    ],
  });
  cloud.change(
    ACCOUNT,
    {
      a: finding('a', imageDigest, 'ACTIVE'),
      b: finding('b', imageDigest, 'CLOSED'),
      c: finding('c', 'sha256:0', 'ACTIVE'),
    },
    [...here, 'inspectorFindings'],
  );
  const equals = (value: string) => [{ comparison: 'EQUALS' as const, value }];
  const { inspector2 } = cloud.clients;
  const { findings } = await inspector2.send(
    new ListFindingsCommand({ filterCriteria: { ecrImageHash: equals(imageDigest), findingStatus: equals('ACTIVE') } }),
  );
  const refused = await failure(inspector2.send(new ListFindingsCommand({ filterCriteria: { title: equals('x') } })));
  expect(findings?.map((one) => [one.findingArn, one.firstObservedAt])).toEqual([
    ['a', new Date('2026-11-01T00:00:00Z')],
  ]);
  expect([refused.name, refused.status]).toEqual(['ValidationException', 400]);
});
