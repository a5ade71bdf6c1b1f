import type { Repository } from '@aws-sdk/client-ecr';
import { documentText, type Plain } from '../account.ts';
import { AwsFault, type Call } from '../call.ts';

export function repositoryNamed(name: string, call: Call, registryId = call.accountId): Plain<Repository> {
  const repository = registryId === call.accountId ? call.here.repositories[name] : undefined;
  if (!repository) {
    throw new AwsFault(
      'RepositoryNotFoundException',
      `The repository with name '${name}' does not exist in the registry with id '${registryId}'`,
    );
  }
  return repository;
}

/** The text of a repository's policy; to have none is an error of its own. */
export function policyOf(name: string, call: Call): string {
  const document = call.here.repositoryPolicies[name];
  if (document === undefined) {
    throw new AwsFault(
      'RepositoryPolicyNotFoundException',
      `Repository policy does not exist for the repository with name '${name}' in the registry with id '${call.accountId}'`,
    );
  }
  return documentText(document);
}
