import type { Account, Region } from '../account.ts';
import { healthyCluster, healthyNodegroup, listedVersions } from './cluster.ts';
import { healthyIdentity } from './identity.ts';
import { healthyMachines } from './machines.ts';
import { type Names, namesOf } from './names.ts';
import { healthyNetwork } from './network.ts';

const COMPLETE = { status: 'COMPLETE' as const, description: 'The scan was completed successfully.' };
const CLEAN = {
  imageScanCompletedAt: '2026-11-18T15:20:31.000Z',
  vulnerabilitySourceUpdatedAt: '2026-11-18T03:00:00.000Z',
  findingSeverityCounts: {},
};

type Registry = Pick<Region, 'repositories' | 'repositoryPolicies' | 'images' | 'scans' | 'inspectorFindings'>;

function registry(names: Names): Registry {
  const { repository, digest, account, region, partition, arn } = names;
  const suffix = partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com';
  return {
    repositories: {
      [repository]: {
        repositoryArn: arn('ecr', `repository/${repository}`),
        registryId: account,
        repositoryName: repository,
        repositoryUri: `${account}.dkr.ecr.${region}.${suffix}/${repository}`,
        createdAt: '2026-06-15T07:45:00.000Z',
        imageTagMutability: 'IMMUTABLE',
        imageScanningConfiguration: { scanOnPush: true },
        encryptionConfiguration: { encryptionType: 'KMS', kmsKey: names.keyArn },
      },
    },
    repositoryPolicies: {},
    images: {
      [`${repository}@${digest}`]: {
        registryId: account,
        repositoryName: repository,
        imageDigest: digest,
        imageTags: ['2026.11.1'],
        imageSizeInBytes: 28_311_552,
        imagePushedAt: '2026-11-18T15:20:00.000Z',
        imageScanStatus: COMPLETE,
        imageScanFindingsSummary: CLEAN,
        imageManifestMediaType: 'application/vnd.oci.image.manifest.v1+json',
      },
    },
    scans: {
      [`${repository}@${digest}`]: {
        imageScanStatus: COMPLETE,
        imageScanFindings: { ...CLEAN, findings: [] },
      },
    },
    inspectorFindings: {},
  };
}

function logs(names: Names): Pick<Region, 'logGroups'> {
  const { logGroup, arn } = names;
  const group = arn('logs', `log-group:${logGroup}`);
  return {
    logGroups: {
      [logGroup]: {
        logGroupName: logGroup,
        arn: `${group}:*`,
        logGroupArn: group,
        creationTime: Date.parse('2026-06-15T08:40:00Z'),
        retentionInDays: 400,
        metricFilterCount: 0,
        storedBytes: 734_003_200,
        logGroupClass: 'STANDARD',
      },
    },
  };
}

function trails(names: Names): Pick<Region, 'trails' | 'trailStatus' | 'eventSelectors'> {
  const { trail, region, arn } = names;
  return {
    trails: {
      [trail]: {
        Name: trail,
        TrailARN: arn('cloudtrail', `trail/${trail}`),
        HomeRegion: region,
        S3BucketName: `cloudtrail-${names.account}`,
        IsMultiRegionTrail: true,
        IsOrganizationTrail: false,
        IncludeGlobalServiceEvents: true,
        LogFileValidationEnabled: true,
        KmsKeyId: names.keyArn,
        HasCustomEventSelectors: false,
        HasInsightSelectors: false,
      },
    },
    trailStatus: {
      [trail]: {
        IsLogging: true,
        StartLoggingTime: '2026-06-01T09:00:00.000Z',
        LatestDeliveryTime: '2026-11-20T09:55:00.000Z',
      },
    },
    eventSelectors: {
      [trail]: {
        EventSelectors: [
          { ReadWriteType: 'All', IncludeManagementEvents: true, DataResources: [], ExcludeManagementEventSources: [] },
        ],
      },
    },
  };
}

function keys(names: Names): Pick<Region, 'keys' | 'keyAliases'> {
  return {
    keys: {
      [names.key]: {
        AWSAccountId: names.account,
        KeyId: names.key,
        Arn: names.keyArn,
        CreationDate: '2026-06-01T08:00:00.000Z',
        Enabled: true,
        Description: 'Secrets of payments',
        KeyUsage: 'ENCRYPT_DECRYPT',
        KeyState: 'Enabled',
        Origin: 'AWS_KMS',
        KeyManager: 'CUSTOMER',
        KeySpec: 'SYMMETRIC_DEFAULT',
        EncryptionAlgorithms: ['SYMMETRIC_DEFAULT'],
        MultiRegion: false,
      },
    },
    keyAliases: { 'alias/payments': names.key },
  };
}

/**
 * An account with one cluster and everything around it, in which no control finds a fault. `namesOf` gives the ids that
 * it uses; `merge` lays over it what a test or story wants different.
 */
export function anAccount(id = '111122223333', region = 'eu-west-1'): Account {
  const names = namesOf(id, region);
  return {
    regions: {
      [region]: {
        clusters: healthyCluster(names),
        clusterVersions: listedVersions(),
        nodegroups: healthyNodegroup(names),
        updates: {},
        ...healthyNetwork(names),
        ...healthyMachines(names),
        ...keys(names),
        ...logs(names),
        ...trails(names),
        ...registry(names),
      },
    },
    iam: healthyIdentity(names),
  };
}
