import { cloudFormation } from './files.ts';
import { resource } from './hcl.ts';
import { aws } from './shell.ts';
import type { Snippets } from './snippet.ts';

export const ecrTagImmutable: Snippets = {
  cli: ({ resource: { id: repositoryName, region } }) => [
    '# Make sure first that no build pushes the same tag twice.',
    aws('ecr put-image-tag-mutability', { repositoryName, imageTagMutability: 'IMMUTABLE', region }),
  ],
  console: ({ resource: { id } }) => [
    `In Amazon ECR, Private registry, Repositories, choose ${id}.`,
    'Choose Edit, take Immutable under Image tag mutability, and save.',
  ],
  terraform: ({ resource: { id: name } }) =>
    resource('aws_ecr_repository', name, { name, image_tag_mutability: 'IMMUTABLE' }),
  cloudformation: ({ resource: { id } }) =>
    cloudFormation('Repository', 'ECR::Repository', { RepositoryName: id, ImageTagMutability: 'IMMUTABLE' }),
  eksctl: { none: 'It does not manage repositories.' },
};
