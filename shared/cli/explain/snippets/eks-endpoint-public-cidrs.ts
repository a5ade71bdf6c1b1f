import { clusterInCloudFormation, clusterInTerraform, clusterPage, eksctlFile } from './files.ts';
import { block } from './hcl.ts';
import { aws } from './shell.ts';
import type { Snippets } from './snippet.ts';

/** A network that documentation uses, for one's own. */
const CIDRS = ['203.0.113.0/24'];

export const eksEndpointPublicCidrs: Snippets = {
  cli: ({ cluster, resource: { region } }) => [
    '# Your own networks in place of 203.0.113.0/24:',
    aws('eks update-cluster-config', { name: cluster, resourcesVpcConfig: { publicAccessCidrs: CIDRS }, region }),
  ],
  console: (place) => [
    `Open ${clusterPage(place)} and its tab Networking.`,
    'Choose Manage, Endpoint access, Advanced settings; list only the networks that need it, and save.',
  ],
  terraform: (place) => clusterInTerraform(place, { vpc_config: block({ public_access_cidrs: CIDRS }) }),
  cloudformation: (place) => clusterInCloudFormation(place, { ResourcesVpcConfig: { PublicAccessCidrs: CIDRS } }),
  eksctl: (place) => eksctlFile(place, { vpc: { publicAccessCIDRs: CIDRS } }),
};
