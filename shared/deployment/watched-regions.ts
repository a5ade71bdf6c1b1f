import { iamRegionOf, partitionOf } from '../aws/partition.ts';
import type { Deployment } from './deployment.ts';

type Regions = Pick<Deployment, 'region' | 'regions'>;

export interface Reach {
  /** In order; the hub's region and the one in which IAM's events occur are always among them. */
  watched: readonly string[];
  /** Enabled in the account, and not watched: what changes there is not seen. */
  blind: readonly string[];
  /** To be watched, but not enabled in the account: nothing can be installed there. */
  notEnabled: readonly string[];
}

/** The regions that a deployment watches in each account: the hub's, those it lists, and the partition's IAM region. */
export function watchedRegions({ region, regions }: Regions): string[] {
  return [...new Set([region, ...regions, iamRegionOf(partitionOf(region))])].sort();
}

/** Where the deployment's own account needs a collector: everywhere but beside the hub, which takes its own events. */
export function collectorRegions(deployment: Regions): string[] {
  return watchedRegions(deployment).filter((region) => region !== deployment.region);
}

/** What is seen of an account with these regions enabled, and what is not. */
export function reachOf(deployment: Regions, enabled: readonly string[]): Reach {
  const watched = watchedRegions(deployment);
  return {
    watched: watched.filter((region) => enabled.includes(region)),
    blind: [...new Set(enabled)].filter((region) => !watched.includes(region)).sort(),
    notEnabled: watched.filter((region) => !enabled.includes(region)),
  };
}
