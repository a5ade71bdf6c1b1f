import type { Region } from '../account.ts';
import type { Names } from './names.ts';

/** Private, logged, encrypted with a key of our own, on a version in standard support, managed through access entries. */
export function healthyCluster(names: Names): Region['clusters'] {
  const { cluster, clusterGroup, privateSubnets, vpc, keyArn, issuer, region, clusterRole, arn } = names;
  return {
    [cluster]: {
      name: cluster,
      arn: arn('eks', `cluster/${cluster}`),
      createdAt: '2026-06-15T08:30:12.345Z',
      version: '1.36',
      platformVersion: 'eks.4',
      status: 'ACTIVE',
      endpoint: `https://${issuer.split('/').at(-1)}.gr7.${region}.eks.amazonaws.com`,
      roleArn: arn('iam', `role/${clusterRole}`),
      certificateAuthority: { data: 'LS0tLS1CRUdJTg==' },
      resourcesVpcConfig: {
        subnetIds: [...privateSubnets],
        securityGroupIds: [],
        clusterSecurityGroupId: clusterGroup,
        vpcId: vpc,
        endpointPublicAccess: false,
        endpointPrivateAccess: true,
        publicAccessCidrs: [],
      },
      kubernetesNetworkConfig: {
        serviceIpv4Cidr: '172.20.0.0/16',
        ipFamily: 'ipv4',
        elasticLoadBalancing: { enabled: false },
      },
      logging: {
        clusterLogging: [{ types: ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'], enabled: true }],
      },
      identity: { oidc: { issuer: `https://${issuer}` } },
      encryptionConfig: [{ resources: ['secrets'], provider: { keyArn } }],
      accessConfig: { authenticationMode: 'API', bootstrapClusterCreatorAdminPermissions: false },
      upgradePolicy: { supportType: 'STANDARD' },
      deletionProtection: true,
      health: { issues: [] },
      tags: { team: 'payments', environment: 'production' },
    },
  };
}

export function healthyNodegroup(names: Names): Region['nodegroups'] {
  const { cluster, nodegroup, privateSubnets, launchTemplate, nodeRole, arn } = names;
  return {
    [`${cluster}/${nodegroup}`]: {
      nodegroupName: nodegroup,
      nodegroupArn: arn('eks', `nodegroup/${cluster}/${nodegroup}/5ec9b7f4-2f0d-4a5e-8d2a-7b1c0a3f9e21`),
      clusterName: cluster,
      version: '1.36',
      releaseVersion: '1.52.0-b1f4b2a0',
      createdAt: '2026-06-15T08:52:40.118Z',
      modifiedAt: '2026-11-02T10:04:51.902Z',
      status: 'ACTIVE',
      capacityType: 'ON_DEMAND',
      scalingConfig: { minSize: 2, maxSize: 6, desiredSize: 3 },
      instanceTypes: ['m7i.large'],
      subnets: [...privateSubnets],
      amiType: 'BOTTLEROCKET_x86_64',
      nodeRole: arn('iam', `role/${nodeRole}`),
      labels: { workload: 'payments' },
      resources: { autoScalingGroups: [{ name: `eks-${nodegroup}-5ec9b7f4` }] },
      health: { issues: [] },
      updateConfig: { maxUnavailable: 1 },
      launchTemplate: { id: launchTemplate, name: 'payments-workers', version: '1' },
      tags: { team: 'payments' },
    },
  };
}

const version = (
  clusterVersion: string,
  releaseDate: string,
  endOfStandardSupportDate: string,
  endOfExtendedSupportDate: string,
  versionStatus: 'STANDARD_SUPPORT' | 'EXTENDED_SUPPORT',
  defaultPlatformVersion: string,
) => ({
  clusterVersion,
  clusterType: 'eks',
  defaultPlatformVersion,
  defaultVersion: clusterVersion === '1.36',
  releaseDate: `${releaseDate}T00:00:00.000Z`,
  endOfStandardSupportDate: `${endOfStandardSupportDate}T00:00:00.000Z`,
  endOfExtendedSupportDate: `${endOfExtendedSupportDate}T00:00:00.000Z`,
  versionStatus,
  kubernetesPatchVersion: `${clusterVersion}.2`,
});

/** As DescribeClusterVersions lists them late in November 2026. */
export function listedVersions(): Region['clusterVersions'] {
  const rows = [
    version('1.36', '2026-06-02', '2027-08-02', '2028-08-02', 'STANDARD_SUPPORT', 'eks.4'),
    version('1.35', '2026-01-27', '2027-03-27', '2028-03-27', 'STANDARD_SUPPORT', 'eks.11'),
    version('1.34', '2025-10-02', '2026-12-02', '2027-12-02', 'STANDARD_SUPPORT', 'eks.19'),
    version('1.33', '2025-05-29', '2026-07-29', '2027-07-29', 'EXTENDED_SUPPORT', 'eks.27'),
    version('1.32', '2025-01-23', '2026-03-23', '2027-03-23', 'EXTENDED_SUPPORT', 'eks.34'),
    version('1.31', '2024-09-26', '2025-11-26', '2026-11-26', 'EXTENDED_SUPPORT', 'eks.50'),
  ];
  return Object.fromEntries(rows.map((row) => [row.clusterVersion, row]));
}
