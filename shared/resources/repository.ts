import type { Repository } from '@aws-sdk/client-ecr';
import { onFound, onListed, orNull, type Read } from '../aws/read.ts';
import type { Reader } from '../aws/reader.ts';
import { arnNames } from './arn.ts';
import { firstId } from './ids.ts';
import { at, field, type Json } from './json.ts';
import { defineKind, type Locate } from './kind.ts';
import { documentOf } from './policy-documents.ts';

export type RepositoryFacets = {
  /** The repository's own policy; null where it has none: only IAM of its account decides then. */
  policy: Json | null;
};

async function policy(reader: Reader, repositoryName: string): Promise<Read<Json | null>> {
  const answer = await reader.read('ecr:GetRepositoryPolicy', { repositoryName });
  return orNull(onFound(answer, 'ecr:GetRepositoryPolicy', ({ policyText }) => documentOf(policyText)));
}

const named: Locate = ({ request, response, arns }) =>
  firstId(
    'repository',
    field(request, 'repositoryName'),
    at(response, 'repository', 'repositoryName'),
    ...arnNames(arns, 'repository'),
  );

export const repository = defineKind<Repository, RepositoryFacets>()({
  kind: 'repository',
  called: 'ECR repository',
  judged: 'every',
  actions: ['ecr:DescribeRepositories'],
  base: async (reader, { id }) =>
    onListed(
      await reader.read('ecr:DescribeRepositories', { repositoryNames: [id] }),
      'ecr:DescribeRepositories',
      ({ repositories }) => repositories,
    ),
  facets: {
    policy: { actions: ['ecr:GetRepositoryPolicy'], read: (reader, _, { id }) => policy(reader, id) },
  },
  generation: ({ createdAt }) => createdAt?.toISOString(),
  lifecycle: { created: ['ecr:CreateRepository'], deleted: ['ecr:DeleteRepository'], tagged: [] },
  touchedBy: {
    'ecr:CreateRepository': named,
    'ecr:DeleteRepository': named,
    'ecr:PutImageTagMutability': named,
    'ecr:SetRepositoryPolicy': named,
    'ecr:DeleteRepositoryPolicy': named,
  },
  reachedThrough: [],
});
