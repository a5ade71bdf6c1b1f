import type { Cluster } from '@aws-sdk/client-eks';
import { isWiderThan, type Limits, publicAddresses } from './cidrs.ts';

/** Public access without a list admits everyone: that is EKS's own default. */
const ANYONE = ['0.0.0.0/0'];

/** How much of the internet may still be networks of ours. */
export const OURS = { minPrefixV4: 16, minPrefixV6: 48, maxAddresses: 65_536 } as const;

/** Why a cluster has no endpoint that AWS could open or close; undefined for all others. */
export function withoutEndpoint({ connectorConfig, outpostConfig }: Cluster): string | undefined {
  if (connectorConfig) return 'An external cluster has no EKS endpoint.';
  return outpostConfig ? 'The endpoint of a local cluster on Outposts is private only.' : undefined;
}

/** From where the public endpoint can be reached; undefined where it is off. EKS turns it on unless told otherwise. */
export function admittedCidrs({ resourcesVpcConfig }: Cluster): readonly string[] | undefined {
  if (resourcesVpcConfig?.endpointPublicAccess === false) return undefined;
  const listed = resourcesVpcConfig?.publicAccessCidrs ?? [];
  return listed.length > 0 ? listed : ANYONE;
}

/** The networks that are too wide to be one of ours. */
export function wideCidrs(cidrs: readonly string[], limits: Limits): string[] {
  return cidrs.filter((cidr) => isWiderThan(cidr, limits));
}

export function isRestricted(cidrs: readonly string[]): boolean {
  return wideCidrs(cidrs, OURS).length === 0 && publicAddresses(cidrs) <= OURS.maxAddresses;
}

/** Both endpoints in words. */
export function endpointsInWords(cluster: Cluster): string {
  const admitted = admittedCidrs(cluster);
  const own = cluster.resourcesVpcConfig?.endpointPrivateAccess === true ? 'on' : 'off';
  return `public: ${admitted ? `from ${admitted.join(', ')}` : 'off'}; private: ${own}`;
}
