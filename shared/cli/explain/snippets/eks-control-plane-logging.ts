import { clusterInCloudFormation, clusterInTerraform, clusterPage, eksctlFile } from './files.ts';
import { aws, planned } from './shell.ts';
import type { Snippets } from './snippet.ts';

const TYPES = ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'];

export const eksControlPlaneLogging: Snippets = {
  cli: ({ cluster, plan, resource: { region } }) =>
    planned(plan, region) ?? [
      aws('eks update-cluster-config', {
        name: cluster,
        logging: { clusterLogging: [{ types: TYPES, enabled: true }] },
        region,
      }),
    ],
  console: (place) => [
    `Open ${clusterPage(place)} and its tab Observability.`,
    'Under Control plane logs choose Manage, turn all five on, and save.',
  ],
  terraform: (place) => clusterInTerraform(place, { enabled_cluster_log_types: TYPES }),
  cloudformation: (place) =>
    clusterInCloudFormation(place, {
      Logging: { ClusterLogging: { EnabledTypes: TYPES.map((type) => ({ Type: type })) } },
    }),
  eksctl: (place) => eksctlFile(place, { cloudWatch: { clusterLogging: { enableTypes: TYPES } } }),
};
