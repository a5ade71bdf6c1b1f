import { clusterInCloudFormation, clusterInTerraform, clusterPage, eksctlFile } from './files.ts';
import { block } from './hcl.ts';
import { aws } from './shell.ts';
import type { Snippets } from './snippet.ts';

const KEY = 'KEY_ARN';

export const eksSecretsCmk: Snippets = {
  cli: ({ cluster, resource: { region } }) => [
    '# The ARN of a symmetric key of this region in place of KEY_ARN. It can never be taken off again:',
    aws('eks associate-encryption-config', {
      clusterName: cluster,
      encryptionConfig: [{ resources: ['secrets'], provider: { keyArn: KEY } }],
      region,
    }),
  ],
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
