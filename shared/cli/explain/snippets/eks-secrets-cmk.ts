import { clusterInCloudFormation, clusterInTerraform, clusterPage, eksctlFile } from './files.ts';
import { block } from './hcl.ts';
import { aws } from './shell.ts';
import { hasReason, type Place, type Snippets } from './snippet.ts';

const KEY = 'KEY_ARN';

const encryptionConfig = [{ resources: ['secrets'], provider: { keyArn: KEY } }];

/** The key of a cluster never changes. */
function anotherCluster({ cluster, resource: { region } }: Place): string[] {
  return [
    '# The key of a cluster can never be changed. What it has now:',
    aws('eks describe-cluster', { name: cluster, region }),
    '# A new one with a key of yours, to which the work then moves:',
    aws('eks create-cluster', {
      name: 'CLUSTER_NAME',
      roleArn: 'CLUSTER_ROLE_ARN',
      resourcesVpcConfig: { subnetIds: ['SUBNET_ID', 'OTHER_SUBNET_ID'] },
      encryptionConfig,
      region,
    }),
  ];
}

export const eksSecretsCmk: Snippets = {
  cli(place) {
    if (hasReason(place, 'awsManaged')) return anotherCluster(place);
    const { cluster, resource } = place;
    return [
      '# The ARN of a symmetric key of this region in place of KEY_ARN. It can never be taken off again:',
      aws('eks associate-encryption-config', { clusterName: cluster, encryptionConfig, region: resource.region }),
    ];
  },
  console: (place) => [
    `Open ${clusterPage(place)} and its tab Overview.`,
    'Under Secrets encryption choose Enable, take a key of your own, and confirm. It can never be taken off again.',
  ],
  terraform: (place) =>
    clusterInTerraform(place, {
      encryption_config: block({ resources: ['secrets'], provider: block({ key_arn: KEY }) }),
    }),
  cloudformation: (place) =>
    clusterInCloudFormation(place, { EncryptionConfig: [{ Resources: ['secrets'], Provider: { KeyArn: KEY } }] }),
  eksctl: (place) => eksctlFile(place, { secretsEncryption: { keyARN: KEY } }),
};
