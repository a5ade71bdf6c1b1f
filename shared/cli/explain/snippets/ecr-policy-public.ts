import { arnOf } from '../../../aws/partition.ts';
import { cloudFormation } from './files.ts';
import { encoded, resource } from './hcl.ts';
import { aws, planned } from './shell.ts';
import type { Place, Snippets } from './snippet.ts';

/** Only the repository's own account may pull. */
function ownAccountOnly({ partition, resource: { account } }: Place) {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'Pull',
        Effect: 'Allow',
        Principal: { AWS: [arnOf({ partition, service: 'iam', account, resource: 'root' })] },
        Action: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
      },
    ],
  };
}

export const ecrPolicyPublic: Snippets = {
  cli(place) {
    const { id: repositoryName, region } = place.resource;
    const policyText = JSON.stringify(ownAccountOnly(place));
    return [
      aws('ecr get-repository-policy', { repositoryName, region }),
      ...(planned(place.plan, region) ?? [
        '# The accounts that pull in place of your own:',
        aws('ecr set-repository-policy', { repositoryName, policyText, region }),
      ]),
    ];
  },
  console: ({ resource: { id } }) => [
    `In Amazon ECR, Private registry, Repositories, choose ${id}, then Permissions.`,
    'Take out the statements that let everyone in, or name the accounts in them, and save.',
  ],
  terraform: (place) =>
    resource('aws_ecr_repository_policy', place.resource.id, {
      repository: place.resource.id,
      policy: encoded(ownAccountOnly(place)),
    }),
  cloudformation: (place) =>
    cloudFormation('Repository', 'ECR::Repository', {
      RepositoryName: place.resource.id,
      RepositoryPolicyText: ownAccountOnly(place),
    }),
  eksctl: { none: 'It does not manage repositories.' },
};
