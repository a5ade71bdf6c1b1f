export { aCluster, anExternalCluster } from './builders/a-cluster.ts';
export { aLogGroup } from './builders/a-log-group.ts';
export { aSighting } from './builders/a-sighting.ts';
export { anAccountRegion, aTrail, recordedBy } from './builders/an-account-region.ts';
