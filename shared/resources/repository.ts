import type { Repository } from '@aws-sdk/client-ecr';
import { onFound, onListed, orNull, type Read } from '../aws/read.ts';
import type { Reader } from '../aws/reader.ts';
import { arnNames } from './arn.ts';
import { firstId } from './ids.ts';
import { at, field, type Json } from './json.ts';
import { defineKind, type Listed, type Locate } from './kind.ts';
import { listedIn } from './listed.ts';
import { documentOf } from './policy-documents.ts';

export type RepositoryFacets = {
  /** The repository's own policy; null where it has none: only IAM of its account decides then. */
  policy: Json | null;
};

async function policy(reader: Reader, repositoryName: string): Promise<Read<Json | null>> {
  const answer = await reader.read('ecr:GetRepositoryPolicy', { repositoryName });
  return orNull(onFound(answer, 'ecr:GetRepositoryPolicy', ({ policyText }) => documentOf(policyText)));
}

/** The listing has all of each repository: its base read is answered by it. */
export async function listRepositories(reader: Reader): Promise<Listed> {
  const answer = await reader.read('ecr:DescribeRepositories', {});
  const listed = listedIn('repository', answer, 'ecr:DescribeRepositories', ({ repositories }) =>
    repositories?.map(({ repositoryName }) => repositoryName),
  );
  if (answer.outcome !== 'found') return listed;
  const seeds = (answer.value.repositories ?? []).map((each) => ({
    id: each.repositoryName ?? '',
    action: 'ecr:DescribeRepositories' as const,
    input: { repositoryNames: [each.repositoryName] },
    value: { repositories: [each] },
    began: answer.began,
  }));
  return { ...listed, seeds };
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
  likely: () => ({}),
  base: async (reader, { id }) =>
    onListed(
      await reader.read('ecr:DescribeRepositories', { repositoryNames: [id] }),
      'ecr:DescribeRepositories',
      ({ repositories }) => repositories,
    ),
  listing: { actions: ['ecr:DescribeRepositories'], list: listRepositories },
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
