import { clusterInCloudFormation, clusterInTerraform, clusterPage, eksctlFile } from './files.ts';
import { block } from './hcl.ts';
import { aws } from './shell.ts';
import type { Snippets } from './snippet.ts';

export const eksEndpointPublicDisabled: Snippets = {
  cli: ({ cluster, resource: { region } }) => [
    '# Make sure of a network path into the VPC first: a bastion, a VPN, or Session Manager.',
    aws('eks update-cluster-config', {
      name: cluster,
      resourcesVpcConfig: { endpointPrivateAccess: true, endpointPublicAccess: false },
      region,
    }),
  ],
  console: (place) => [
    'Make sure of a network path into the VPC first: a bastion, a VPN, or Session Manager.',
    `Open ${clusterPage(place)} and its tab Networking.`,
    'Choose Manage, Endpoint access; take Private, and save.',
  ],
  terraform: (place) =>
    clusterInTerraform(place, { vpc_config: block({ endpoint_private_access: true, endpoint_public_access: false }) }),
  cloudformation: (place) =>
    clusterInCloudFormation(place, {
      ResourcesVpcConfig: { EndpointPrivateAccess: true, EndpointPublicAccess: false },
    }),
  eksctl: (place) => eksctlFile(place, { vpc: { clusterEndpoints: { privateAccess: true, publicAccess: false } } }),
};
