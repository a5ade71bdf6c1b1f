import { clusterInCloudFormation, clusterInTerraform, clusterPage, eksctlFile } from './files.ts';
import { block } from './hcl.ts';
import { aws } from './shell.ts';
import { hasReason, type Place, type Snippets } from './snippet.ts';

const mode = ({ cluster, resource: { region } }: Place, authenticationMode: string) =>
  aws('eks update-cluster-config', { name: cluster, accessConfig: { authenticationMode }, region });

const settled = ({ cluster, resource: { region } }: Place) => aws('eks wait cluster-active', { name: cluster, region });

function toEntries(place: Place): string[] {
  const entry = { clusterName: place.cluster, principalArn: 'PRINCIPAL_ARN', region: place.resource.region };
  return [
    ...(hasReason(place, 'transition', 'bothWays') ? [] : [mode(place, 'API_AND_CONFIG_MAP'), settled(place)]),
    '# One for each entry of aws-auth, with what it may do:',
    aws('eks create-access-entry', entry),
    '# There is no way back from this:',
    mode(place, 'API'),
  ];
}

/** How the cluster was made stays so; what its creator may do does not. */
function withoutCreator({ cluster: clusterName, resource: { region } }: Place): string[] {
  return [
    '# The entry of the creator in place of PRINCIPAL_ARN, once somebody else administers the cluster:',
    aws('eks list-access-entries', { clusterName, region }),
    aws('eks delete-access-entry', { clusterName, principalArn: 'PRINCIPAL_ARN', region }),
    '# That it was made so stays with the cluster: accept this finding then.',
  ];
}

export const eksAuthModeApi: Snippets = {
  cli: (place) => {
    const isMade = hasReason(place, 'creatorAdmin');
    const isOld = !isMade || hasReason(place, 'configMap', 'transition', 'bothWays');
    return [...(isOld ? toEntries(place) : []), ...(isMade ? withoutCreator(place) : [])];
  },
  console: (place) => [
    `Open ${clusterPage(place)} and its tab Access.`,
    'Under IAM access entries create an entry for each role and user of the aws-auth ConfigMap.',
    'Manage access, choose EKS API, and save. There is no way back.',
  ],
  terraform: (place) => clusterInTerraform(place, { access_config: block({ authentication_mode: 'API' }) }),
  cloudformation: (place) => clusterInCloudFormation(place, { AccessConfig: { AuthenticationMode: 'API' } }),
  eksctl: (place) => eksctlFile(place, { accessConfig: { authenticationMode: 'API' } }),
};
