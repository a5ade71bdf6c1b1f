import { createHash } from 'node:crypto';
import type * as sdk from '@aws-sdk/client-ecr';
import type { Plain } from '../account.ts';
import { AwsFault, type Call, type Run } from '../call.ts';
import { policyOf, repositoryNamed } from './ecr-entities.ts';

function setRepositoryPolicy(request: Plain<sdk.SetRepositoryPolicyRequest>, call: Call): object {
  const { repositoryName = '', registryId, policyText = '' } = request;
  repositoryNamed(repositoryName, call, registryId);
  if (!/^\s*\{/.test(policyText))
    throw new AwsFault(
      'InvalidParameterException',
      "Invalid parameter at 'PolicyText' failed to satisfy constraint: 'Invalid repository policy provided'",
    );
  call.here.repositoryPolicies[repositoryName] = policyText;
  return { registryId: call.accountId, repositoryName, policyText };
}

function deleteRepositoryPolicy(
  { repositoryName = '', registryId }: Plain<sdk.DeleteRepositoryPolicyRequest>,
  call: Call,
): object {
  repositoryNamed(repositoryName, call, registryId);
  const policyText = policyOf(repositoryName, call);
  delete call.here.repositoryPolicies[repositoryName];
  return { registryId: call.accountId, repositoryName, policyText };
}

function createRepository(request: Plain<sdk.CreateRepositoryRequest>, call: Call): object {
  const {
    repositoryName = '',
    imageTagMutability = 'MUTABLE',
    imageScanningConfiguration,
    encryptionConfiguration,
  } = request;
  if (call.here.repositories[repositoryName]) {
    throw new AwsFault(
      'RepositoryAlreadyExistsException',
      `The repository with name '${repositoryName}' already exists in the registry with id '${call.accountId}'`,
    );
  }
  const host = `${call.accountId}.dkr.ecr.${call.region}.amazonaws.com${call.partition === 'aws-cn' ? '.cn' : ''}`;
  const repository: Plain<sdk.Repository> = {
    repositoryArn: `arn:${call.partition}:ecr:${call.region}:${call.accountId}:repository/${repositoryName}`,
    registryId: call.accountId,
    repositoryName,
    repositoryUri: `${host}/${repositoryName}`,
    createdAt: call.at,
    imageTagMutability,
    imageScanningConfiguration: imageScanningConfiguration ?? { scanOnPush: false },
    encryptionConfiguration: encryptionConfiguration ?? { encryptionType: 'AES256' },
  };
  call.here.repositories[repositoryName] = repository;
  return structuredClone({ repository });
}

function putImageTagMutability(request: Plain<sdk.PutImageTagMutabilityRequest>, call: Call): object {
  const { repositoryName = '', registryId, imageTagMutability, imageTagMutabilityExclusionFilters } = request;
  const repository = repositoryNamed(repositoryName, call, registryId);
  repository.imageTagMutability = imageTagMutability;
  repository.imageTagMutabilityExclusionFilters = imageTagMutabilityExclusionFilters;
  return { registryId: call.accountId, repositoryName, imageTagMutability, imageTagMutabilityExclusionFilters };
}

/** The digest is the manifest's; the image has no scan until a story gives it one. */
function putImage(request: Plain<sdk.PutImageRequest>, call: Call): object {
  const { repositoryName = '', registryId, imageManifest = '', imageTag, imageManifestMediaType } = request;
  repositoryNamed(repositoryName, call, registryId);
  const imageDigest = request.imageDigest ?? `sha256:${createHash('sha256').update(imageManifest).digest('hex')}`;
  const key = `${repositoryName}@${imageDigest}`;
  const { images } = call.here;
  const sameTag = Object.values(images).filter(
    (one) => one.repositoryName === repositoryName && imageTag && one.imageTags?.includes(imageTag),
  );
  if (sameTag.length > 0 && call.here.repositories[repositoryName]?.imageTagMutability === 'IMMUTABLE') {
    throw new AwsFault(
      'ImageTagAlreadyExistsException',
      `The image tag '${imageTag}' already exists in the '${repositoryName}' repository and cannot be overwritten because the repository is immutable.`,
    );
  }
  for (const one of sameTag) one.imageTags = (one.imageTags ?? []).filter((tag) => tag !== imageTag);
  images[key] = {
    imageSizeInBytes: 28_311_552,
    imagePushedAt: call.at,
    ...images[key],
    registryId: call.accountId,
    repositoryName,
    imageDigest,
    imageTags: [...(images[key]?.imageTags ?? []), ...(imageTag ? [imageTag] : [])],
    imageManifestMediaType: imageManifestMediaType ?? 'application/vnd.oci.image.manifest.v1+json',
  };
  return {
    image: {
      registryId: call.accountId,
      repositoryName,
      imageId: { imageDigest, imageTag },
      imageManifest,
      imageManifestMediaType,
    },
  };
}

function batchDeleteImage(request: Plain<sdk.BatchDeleteImageRequest>, call: Call): object {
  const { repositoryName = '', registryId, imageIds = [] } = request;
  repositoryNamed(repositoryName, call, registryId);
  const keyOf = ({ imageDigest }: Plain<sdk.ImageIdentifier>) => `${repositoryName}@${imageDigest}`;
  const there = imageIds.filter((id) => call.here.images[keyOf(id)]);
  for (const id of there) {
    delete call.here.images[keyOf(id)];
    delete call.here.scans[keyOf(id)];
  }
  const failures = imageIds
    .filter((id) => !there.includes(id))
    .map((imageId) => ({ imageId, failureCode: 'ImageNotFound', failureReason: 'Requested image not found' }));
  return { imageIds: there, failures };
}

export const ecrWrites: Readonly<Record<string, Run>> = {
  BatchDeleteImage: batchDeleteImage,
  CreateRepository: createRepository,
  DeleteRepositoryPolicy: deleteRepositoryPolicy,
  PutImage: putImage,
  PutImageTagMutability: putImageTagMutability,
  SetRepositoryPolicy: setRepositoryPolicy,
};
