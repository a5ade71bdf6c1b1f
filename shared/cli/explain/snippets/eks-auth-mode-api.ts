import { clusterInCloudFormation, clusterInTerraform, clusterPage, eksctlFile } from './files.ts';
import { block } from './hcl.ts';
import { aws } from './shell.ts';
import { hasReason, type Place, type Snippets } from './snippet.ts';

const mode = ({ cluster, resource: { region } }: Place, authenticationMode: string) =>
  aws('eks update-cluster-config', { name: cluster, accessConfig: { authenticationMode }, region });

export const eksAuthModeApi: Snippets = {
  cli: (place) => [
    ...(hasReason(place, 'transition', 'bothWays') ? [] : [mode(place, 'API_AND_CONFIG_MAP')]),
    '# One for each entry of aws-auth, with what it may do:',
    aws('eks create-access-entry', {
      clusterName: place.cluster,
      principalArn: 'PRINCIPAL_ARN',
      region: place.resource.region,
    }),
    '# There is no way back from this:',
    mode(place, 'API'),
  ],
  console: (place) => [
    `Open ${clusterPage(place)} and its tab Access.`,
    'Under IAM access entries create an entry for each role and user of the aws-auth ConfigMap.',
    'Manage access, choose EKS API, and save. There is no way back.',
  ],
  terraform: (place) => clusterInTerraform(place, { access_config: block({ authentication_mode: 'API' }) }),
  cloudformation: (place) => clusterInCloudFormation(place, { AccessConfig: { AuthenticationMode: 'API' } }),
  eksctl: (place) => eksctlFile(place, { accessConfig: { authenticationMode: 'API' } }),
};
