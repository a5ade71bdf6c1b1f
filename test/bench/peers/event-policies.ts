import { PAIRS } from './pairs.ts';

interface Policy {
  name: string;
  resource: string;
  filters: readonly unknown[];
}

const value = (key: string, op: string, wanted: unknown) => ({ type: 'value', key, op, value: wanted });
const logs = 'logging.clusterLogging[?enabled].types[]';

/** Beside the shared ones; each of these reads the cluster alone. */
const ALONE: readonly (readonly unknown[])[] = [
  [{ not: [value(logs, 'contains', 'audit')] }],
  [{ not: [value(logs, 'contains', 'authenticator')] }],
  [{ 'tag:owner': 'absent' }],
  [{ 'resourcesVpcConfig.endpointPublicAccess': true }],
  [{ status: 'ACTIVE' }],
  [{ 'kubernetesNetworkConfig.serviceIpv4Cidr': '172.20.0.0/16' }],
  [value('length(resourcesVpcConfig.subnetIds)', 'lt', 6)],
  [value('identity.oidc.issuer', 'eq', 'absent')],
  [{ type: 'event', key: 'detail.userIdentity.type', op: 'ne', value: 'Root' }],
];
/** These read what the cluster uses, too. */
const RELATED: readonly (readonly unknown[])[] = [
  [{ ...value('IpPermissions[].IpRanges[].CidrIp', 'contains', '0.0.0.0/0'), type: 'security-group' }],
  [{ type: 'security-group', key: 'IpPermissions', value: 'not-null' }],
  [{ type: 'subnet', key: 'MapPublicIpOnLaunch', value: true }],
  [{ type: 'kms-key', key: 'KeyState', value: 'Enabled' }],
];

/** How Custodian is told of one change of a cluster: by its name, of which it reads the rest. */
export const MODE = {
  type: 'cloudtrail',
  role: 'custodian',
  events: [{ source: 'eks.amazonaws.com', event: 'UpdateClusterConfig', ids: 'requestParameters.name' }],
};

/** Twenty policies of clusters: the shared ones first. */
export const EVENT_POLICIES: readonly Policy[] = [
  ...PAIRS.filter(({ custodian }) => custodian.resource === 'aws.eks').map(({ custodian }) => custodian.filters),
  ...ALONE,
  ...RELATED,
].map((filters, index) => ({ name: `policy-${index + 1}`, resource: 'aws.eks', filters }));
