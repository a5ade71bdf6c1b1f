import { isDeepStrictEqual } from 'node:util';
import type { Cluster, Logging, UpdateClusterConfigRequest, UpdateParam, UpdateType } from '@aws-sdk/client-eks';
import ipaddr from 'ipaddr.js';
import { merge, type Plain } from '../account.ts';
import { AwsFault } from '../call.ts';

type Request = Plain<UpdateClusterConfigRequest>;
type ClusterDocument = Plain<Cluster>;

/** One kind of change to a cluster: what it is called, what it says of itself, and the merge patch that it comes to. */
export interface Change {
  type: UpdateType;
  params: Plain<UpdateParam>[];
  patch: object;
}

export const invalid = (message: string): AwsFault => new AwsFault('InvalidParameterException', message);

const param = (type: NonNullable<UpdateParam['type']>, value: unknown): Plain<UpdateParam> => ({
  type,
  value: typeof value === 'string' ? value : JSON.stringify(value),
});

const LOG_TYPES = ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'] as const;

/** What logging comes to when a request, which may name only some types, is laid over the present one. */
export function loggingAfter(present: Plain<Logging> | undefined, asked: Plain<Logging>): Plain<Logging> {
  const on = new Set<string>();
  for (const { clusterLogging = [] } of [present ?? {}, asked]) {
    for (const { types = [], enabled } of clusterLogging ?? []) {
      for (const type of types) enabled ? on.add(type) : on.delete(type);
    }
  }
  const enabled = LOG_TYPES.filter((type) => on.has(type));
  const disabled = LOG_TYPES.filter((type) => !on.has(type));
  return {
    clusterLogging: [
      ...(enabled.length > 0 ? [{ types: enabled, enabled: true }] : []),
      ...(disabled.length > 0 ? [{ types: disabled, enabled: false }] : []),
    ],
  };
}

function logging(cluster: ClusterDocument, asked: Plain<Logging>): Change {
  const next = loggingAfter(cluster.logging, asked);
  if (isDeepStrictEqual(next, loggingAfter(cluster.logging, {}))) {
    throw invalid('No changes needed for the logging config provided');
  }
  return { type: 'LoggingUpdate', params: [param('ClusterLogging', asked)], patch: { logging: next } };
}

/** EKS takes no private or reserved ranges for its public endpoint. */
export function checkPublicCidrs(cidrs: readonly string[]): void {
  const wrong = cidrs.filter((cidr) => {
    if (!ipaddr.isValidCIDR(cidr)) return true;
    const [address] = ipaddr.parseCIDR(cidr);
    return ['private', 'uniqueLocal', 'loopback', 'linkLocal', 'multicast', 'carrierGradeNat'].includes(
      address.range(),
    );
  });
  if (wrong.length > 0) throw invalid(`The following CIDRs are invalid in publicAccessCidrs: [${wrong.join(', ')}]`);
}

type VpcRequest = NonNullable<Request['resourcesVpcConfig']>;

function endpoint(cluster: ClusterDocument, asked: VpcRequest): Change {
  const { endpointPublicAccess, endpointPrivateAccess, publicAccessCidrs } = {
    ...cluster.resourcesVpcConfig,
    ...Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined)),
  } as VpcRequest;
  if (publicAccessCidrs) checkPublicCidrs(publicAccessCidrs);
  if (!endpointPublicAccess && !endpointPrivateAccess) {
    throw invalid('Private and public endpoint access cannot both be disabled');
  }
  const next = { endpointPublicAccess, endpointPrivateAccess, publicAccessCidrs };
  if (isDeepStrictEqual(merge(cluster.resourcesVpcConfig, next), cluster.resourcesVpcConfig)) {
    throw invalid(
      `Cluster is already at the desired configuration with endpointPrivateAccess: ${endpointPrivateAccess} , ` +
        `endpointPublicAccess: ${endpointPublicAccess}, and Public Endpoint Restrictions: [${publicAccessCidrs ?? ''}]`,
    );
  }
  return {
    type: 'EndpointAccessUpdate',
    params: [
      param('EndpointPublicAccess', endpointPublicAccess ?? false),
      param('EndpointPrivateAccess', endpointPrivateAccess ?? false),
      param('PublicAccessCidrs', publicAccessCidrs ?? []),
    ],
    patch: { resourcesVpcConfig: next },
  };
}

function network(cluster: ClusterDocument, asked: VpcRequest): Change {
  const patch = { subnetIds: asked.subnetIds, securityGroupIds: asked.securityGroupIds };
  return plain('VpcConfigUpdate', cluster, { resourcesVpcConfig: JSON.parse(JSON.stringify(patch)) }, [
    ...(asked.subnetIds ? [param('Subnets', asked.subnetIds)] : []),
    ...(asked.securityGroupIds ? [param('SecurityGroups', asked.securityGroupIds)] : []),
  ]);
}

const MODES = ['CONFIG_MAP', 'API_AND_CONFIG_MAP', 'API'];

function access(cluster: ClusterDocument, asked: NonNullable<Request['accessConfig']>): Change {
  const from = cluster.accessConfig?.authenticationMode ?? 'CONFIG_MAP';
  const to = asked.authenticationMode ?? from;
  if (to !== from && MODES.indexOf(to) !== MODES.indexOf(from) + 1) {
    throw invalid(`Unsupported authentication mode update from ${from} to ${to}`);
  }
  return plain('AccessConfigUpdate', cluster, { accessConfig: { authenticationMode: to } }, [
    param('AuthenticationMode', to),
  ]);
}

function plain(type: UpdateType, cluster: ClusterDocument, patch: object, params: Plain<UpdateParam>[]): Change {
  if (isDeepStrictEqual(merge(cluster, patch), cluster)) throw invalid('No changes needed for the config provided');
  return { type, params, patch };
}

function vpc(cluster: ClusterDocument, asked: VpcRequest): Change[] {
  const has = (...names: (keyof VpcRequest)[]) => names.some((name) => asked[name] !== undefined);
  return [
    ...(has('endpointPublicAccess', 'endpointPrivateAccess', 'publicAccessCidrs') ? [endpoint(cluster, asked)] : []),
    ...(has('subnetIds', 'securityGroupIds') ? [network(cluster, asked)] : []),
    ...(has('controlPlaneEgressMode')
      ? [
          plain(
            'ControlPlaneEgressUpdate',
            cluster,
            { resourcesVpcConfig: { controlPlaneEgressMode: asked.controlPlaneEgressMode } },
            [param('ControlPlaneEgressMode', asked.controlPlaneEgressMode)],
          ),
        ]
      : []),
  ];
}

/** What a request asks for. EKS takes one kind of change at a time, and none that changes nothing. */
export function askedChange(cluster: ClusterDocument, request: Request): Change {
  const simple = (
    type: UpdateType,
    name: keyof Request & keyof ClusterDocument,
    said: NonNullable<UpdateParam['type']>,
  ) =>
    request[name] === undefined
      ? []
      : () => [plain(type, cluster, { [name]: request[name] }, [param(said, request[name])])];
  const { resourcesVpcConfig, logging: logs, accessConfig } = request;
  const kinds = [
    resourcesVpcConfig ? () => vpc(cluster, resourcesVpcConfig) : [],
    logs ? () => [logging(cluster, logs)] : [],
    accessConfig ? () => [access(cluster, accessConfig)] : [],
    simple('UpgradePolicyUpdate', 'upgradePolicy', 'UpgradePolicy'),
    simple('ZonalShiftConfigUpdate', 'zonalShiftConfig', 'ZonalShiftConfig'),
    simple('DeletionProtectionUpdate', 'deletionProtection', 'DeletionProtection'),
    simple('RemoteNetworkConfigUpdate', 'remoteNetworkConfig', 'RemoteNetworkConfig'),
    simple('ControlPlaneComponentConfigUpdate', 'kubeApiServerConfig', 'KubeApiServerConfig'),
    simple('AutoModeUpdate', 'computeConfig', 'ComputeConfig'),
  ].flat();
  if (kinds.length > 1) throw invalid('Only one type of update can be allowed.');
  const changes = kinds[0]?.() ?? [];
  const [change, another] = changes;
  if (another) throw invalid('Only one type of update can be allowed.');
  if (!change) throw invalid('The type for cluster update was not provided.');
  return change;
}
