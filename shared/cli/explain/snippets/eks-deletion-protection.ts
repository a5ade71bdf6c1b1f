import { clusterInCloudFormation, clusterInTerraform, clusterPage } from './files.ts';
import { aws, planned } from './shell.ts';
import type { Snippets } from './snippet.ts';

export const eksDeletionProtection: Snippets = {
  cli: ({ cluster, plan, resource: { region } }) =>
    planned(plan, region) ?? [aws('eks update-cluster-config', { name: cluster, deletionProtection: true, region })],
  console: (place) => [
    `Open ${clusterPage(place)} and its tab Overview.`,
    'Under Deletion protection choose Manage, turn it on, and save.',
  ],
  terraform: (place) => clusterInTerraform(place, { deletion_protection: true }),
  cloudformation: (place) => clusterInCloudFormation(place, { DeletionProtection: true }),
  eksctl: { none: 'Its file has no field for deletion protection in every version: use the AWS CLI.' },
};
