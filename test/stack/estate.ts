import type { Resource } from '../../shared/resources/resource.ts';
import { type AuditedServices, namesOf } from '../support/cloud/audited/index.ts';
import { OWN, REGION } from './place.ts';

export const NAMES = namesOf(OWN, REGION);

type Fields = Readonly<Record<string, unknown>>;

/** A person with the console or a command. */
const ANNA = {
  userIdentity: {
    type: 'AssumedRole',
    principalId: 'AROAEXAMPLEADMIN00001:anna@example.com',
    arn: `arn:aws:sts::${OWN}:assumed-role/Admin/anna@example.com`,
    accountId: OWN,
    accessKeyId: 'ASIAEXAMPLEANNA00001',
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId: 'AROAEXAMPLEADMIN00001',
        arn: `arn:aws:iam::${OWN}:role/Admin`,
        accountId: OWN,
        userName: 'Admin',
      },
      attributes: { creationDate: '2026-11-21T02:00:00Z', mfaAuthenticated: 'true' },
    },
  },
  userAgent: 'aws-cli/2.15.0 Python/3.11.6 Linux/6.1 exe/x86_64',
  sourceIPAddress: '203.0.113.7',
};

export const clusterOf = (id: string, account = OWN): Resource => ({ kind: 'cluster', id, account, region: REGION });

/** More healthy clusters beside the first, each with a security group and log group of its own, and what is different about it. */
export function addClusters(cloud: AuditedServices, names: readonly string[], different: Fields = {}): void {
  const here = cloud.account(OWN).regions[REGION];
  const sample = here?.clusters?.[NAMES.cluster];
  const group = here?.securityGroups?.[NAMES.clusterGroup];
  const logs = here?.logGroups?.[NAMES.logGroup];
  if (!sample || !group || !logs) throw new Error('The healthy account has no cluster.');
  const each = <T>(made: (name: string) => readonly [string, T]) => Object.fromEntries(names.map(made));
  const logGroup = (name: string) => `/aws/eks/${name}/cluster`;
  cloud.change(OWN, {
    regions: {
      [REGION]: {
        clusters: each((name) => [
          name,
          {
            ...sample,
            name,
            arn: NAMES.arn('eks', `cluster/${name}`),
            resourcesVpcConfig: { ...sample.resourcesVpcConfig, clusterSecurityGroupId: groupOf(name) },
            ...different,
          },
        ]),
        securityGroups: each((name) => [
          groupOf(name),
          { ...group, GroupId: groupOf(name), GroupName: `eks-cluster-sg-${name}`, IpPermissions: [] },
        ]),
        logGroups: each((name) => [
          logGroup(name),
          { ...logs, logGroupName: logGroup(name), arn: `${NAMES.arn('logs', `log-group:${logGroup(name)}`)}:*` },
        ]),
      },
    },
  });
}

/** The cluster's own security group. */
export function groupOf(cluster: string): string {
  return `sg-${Buffer.from(cluster).toString('hex').padEnd(17, '0').slice(-17)}`;
}

/** What Anna does in an account. Throws where AWS would refuse it. */
export function annaDoes(cloud: AuditedServices, action: string, input: Record<string, unknown>, account = OWN): void {
  const { fault } = cloud.act({ account, region: REGION, action, input, by: ANNA });
  if (fault) throw new Error(`${action} is refused by the account: ${fault.message}`);
}

/** Opens the API endpoint of a cluster to everybody, by Anna. */
export function openEndpoint(cloud: AuditedServices, name: string, account = OWN): void {
  const resourcesVpcConfig = {
    endpointPublicAccess: true,
    endpointPrivateAccess: true,
    publicAccessCidrs: ['0.0.0.0/0'],
  };
  annaDoes(cloud, 'eks:UpdateClusterConfig', { name, resourcesVpcConfig }, account);
}

/** Switches all control-plane logs of a cluster on or off, by Anna. */
export function setLogging(cloud: AuditedServices, name: string, enabled: boolean): void {
  const types = ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'];
  annaDoes(cloud, 'eks:UpdateClusterConfig', { name, logging: { clusterLogging: [{ types, enabled }] } });
}

/** A cluster is gone, and nobody says so. */
export function removeCluster(cloud: AuditedServices, name: string): void {
  cloud.change(OWN, { regions: { [REGION]: { clusters: { [name]: null } } } });
}

/** Another image of the repository, not yet scanned; older than a vulnerability may become. */
export function pushImage(cloud: AuditedServices, digest: string): void {
  const image = {
    registryId: OWN,
    repositoryName: NAMES.repository,
    imageDigest: digest,
    imageTags: ['2026.11.2'],
    imageSizeInBytes: 28_311_552,
    imagePushedAt: new Date(Date.now() - 60 * 86_400_000).toISOString(),
    imageManifestMediaType: 'application/vnd.oci.image.manifest.v1+json',
  };
  cloud.change(OWN, { regions: { [REGION]: { images: { [`${NAMES.repository}@${digest}`]: image } } } });
}

/** The scan of an image, with one vulnerability that has a fix. */
export function scanImage(cloud: AuditedServices, digest: string, severity: string): void {
  const id = `${NAMES.repository}@${digest}`;
  const imageScanStatus = { status: 'COMPLETE', description: 'The scan was completed successfully.' };
  const summary = { imageScanCompletedAt: new Date().toISOString(), findingSeverityCounts: { [severity]: 1 } };
  const findings = [
    {
      name: 'CVE-2026-0001',
      severity,
      uri: 'https://example.org/CVE-2026-0001',
      attributes: [
        { key: 'package_name', value: 'openssl' },
        { key: 'package_version', value: '3.0.1' },
      ],
    },
  ];
  cloud.change(OWN, {
    regions: {
      [REGION]: {
        images: { [id]: { imageScanStatus, imageScanFindingsSummary: summary } },
        scans: { [id]: { imageScanStatus, imageScanFindings: { ...summary, findings } } },
      },
    },
  });
}
