import { clusterInCloudFormation, clusterInTerraform, clusterPage, eksctlFile } from './files.ts';
import { block } from './hcl.ts';
import { aws, planned, word } from './shell.ts';
import { hasReason, type Place, type Snippets } from './snippet.ts';

/** The endpoint is on, but the VPC does not resolve its name. */
function dnsOn({ cluster, resource: { region } }: Place): string[] {
  const asked = aws('eks describe-cluster', {
    name: cluster,
    query: 'cluster.resourcesVpcConfig.vpcId',
    output: 'text',
    region,
  });
  const change = (flag: string) =>
    `aws ec2 modify-vpc-attribute --vpc-id "$VPC_ID" ${flag} '{"Value":true}' --region ${word(region)}`;
  return [`VPC_ID="$(${asked})"`, change('--enable-dns-support'), change('--enable-dns-hostnames')];
}

export const eksEndpointPrivateEnabled: Snippets = {
  cli(place) {
    if (hasReason(place, 'dnsBroken')) return dnsOn(place);
    const { cluster, plan, resource } = place;
    const { region } = resource;
    const change = { resourcesVpcConfig: { endpointPrivateAccess: true } };
    return (
      planned(plan, region) ?? [...dnsOn(place), aws('eks update-cluster-config', { name: cluster, ...change, region })]
    );
  },
  console: (place) => [
    `Open ${clusterPage(place)} and its tab Networking. Its VPC needs DNS resolution and DNS hostnames (VPC, Edit VPC settings).`,
    'Under Networking choose Manage, Endpoint access; take Public and private, or Private, and save.',
  ],
  terraform: (place) => clusterInTerraform(place, { vpc_config: block({ endpoint_private_access: true }) }),
  cloudformation: (place) => clusterInCloudFormation(place, { ResourcesVpcConfig: { EndpointPrivateAccess: true } }),
  eksctl: (place) => eksctlFile(place, { vpc: { clusterEndpoints: { privateAccess: true } } }),
};
