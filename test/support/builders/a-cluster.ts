import { cluster } from '../../../shared/resources/cluster.ts';
import type { SubjectOf } from '../../../shared/resources/kind.ts';
import { aLogGroup } from './a-log-group.ts';
import { laidOver, type Overrides } from './laid-over.ts';

export type ClusterSubject = SubjectOf<typeof cluster>;

const KEY = '5f1c8f0e-7d0b-4b65-9a2e-3c1f5b7d9e21';
const keyArn = `arn:aws:kms:eu-west-1:111122223333:key/${KEY}`;

const whole = (): ClusterSubject => ({
  kind: cluster.kind,
  at: { kind: 'cluster', id: 'payments', account: '111122223333', region: 'eu-west-1' },
  partition: 'aws',
  usedBy: [],
  name: 'payments',
  arn: 'arn:aws:eks:eu-west-1:111122223333:cluster/payments',
  createdAt: new Date('2026-06-15T08:30:12.345Z'),
  version: '1.36',
  platformVersion: 'eks.4',
  status: 'ACTIVE',
  roleArn: 'arn:aws:iam::111122223333:role/payments-cluster',
  resourcesVpcConfig: {
    subnetIds: ['subnet-0a1b2c3d4e5f60718', 'subnet-0a1b2c3d4e5f60719'],
    securityGroupIds: [],
    clusterSecurityGroupId: 'sg-0a1b2c3d4e5f60718',
    vpcId: 'vpc-0a1b2c3d4e5f60718',
    endpointPublicAccess: false,
    endpointPrivateAccess: true,
    publicAccessCidrs: [],
  },
  logging: {
    clusterLogging: [{ types: ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'], enabled: true }],
  },
  encryptionConfig: [{ resources: ['secrets'], provider: { keyArn } }],
  accessConfig: { authenticationMode: 'API', bootstrapClusterCreatorAdminPermissions: false },
  upgradePolicy: { supportType: 'STANDARD' },
  deletionProtection: true,
  tags: { team: 'payments', environment: 'production' },
  facets: {
    encryptionKey: { KeyId: KEY, Arn: keyArn, KeyManager: 'CUSTOMER', KeyState: 'Enabled', Enabled: true },
    versionStatus: {
      clusterVersion: '1.36',
      defaultPlatformVersion: 'eks.4',
      releaseDate: new Date('2026-06-02T00:00:00Z'),
      endOfStandardSupportDate: new Date('2027-08-02T00:00:00Z'),
      endOfExtendedSupportDate: new Date('2028-08-02T00:00:00Z'),
      versionStatus: 'STANDARD_SUPPORT',
    },
    vpcDns: { enableDnsSupport: true, enableDnsHostnames: true },
    logGroup: aLogGroup(),
  },
});

/** A cluster that every control passes. */
export function aCluster(overrides: Overrides<ClusterSubject> = {}): ClusterSubject {
  return laidOver(whole(), overrides);
}

/** A cluster of another provider, registered with EKS: none of its control plane is AWS's. */
export function anExternalCluster(): ClusterSubject {
  return aCluster({
    connectorConfig: { provider: 'GKE' },
    version: undefined,
    platformVersion: undefined,
    resourcesVpcConfig: undefined,
    logging: undefined,
    encryptionConfig: undefined,
    accessConfig: undefined,
    deletionProtection: undefined,
    facets: { encryptionKey: null, versionStatus: null, vpcDns: null, logGroup: null },
  });
}
