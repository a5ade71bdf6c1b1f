import { createHash } from 'node:crypto';
import type * as sdk from '@aws-sdk/client-ecr';
import { documentText, type Plain } from '../account.ts';
import { AwsFault, type Call, type Operations, page } from '../call.ts';

const badToken = () => new AwsFault('InvalidParameterException', "Invalid parameter at 'nextToken' failed to satisfy constraint: 'Invalid token'");

function repositoryNamed(name: string, call: Call, registryId = call.accountId): Plain<sdk.Repository> {
  const repository = registryId === call.accountId ? call.here.repositories[name] : undefined;
  if (!repository) {
    throw new AwsFault('RepositoryNotFoundException', `The repository with name '${name}' does not exist in the registry with id '${registryId}'`);
  }
  return repository;
}

function describeRepositories(request: Plain<sdk.DescribeRepositoriesRequest>, call: Call): object {
  const { repositoryNames, registryId, nextToken, maxResults } = request;
  const found = repositoryNames?.length
    ? repositoryNames.map((name) => repositoryNamed(name, call, registryId))
    : Object.values(call.here.repositories);
  const { items, next } = page('repositories', found, { token: nextToken, most: maxResults }, call, badToken);
  return { repositories: items, nextToken: next };
}

function policyOf(name: string, call: Call): string {
  const document = call.here.repositoryPolicies[name];
  if (document === undefined) {
    throw new AwsFault('RepositoryPolicyNotFoundException', `Repository policy does not exist for the repository with name '${name}' in the registry with id '${call.accountId}'`);
  }
  return documentText(document);
}

function getRepositoryPolicy({ repositoryName = '', registryId }: Plain<sdk.GetRepositoryPolicyRequest>, call: Call): object {
  repositoryNamed(repositoryName, call, registryId);
  return { registryId: call.accountId, repositoryName, policyText: policyOf(repositoryName, call) };
}

function setRepositoryPolicy(request: Plain<sdk.SetRepositoryPolicyRequest>, call: Call): object {
  const { repositoryName = '', registryId, policyText = '' } = request;
  repositoryNamed(repositoryName, call, registryId);
  if (!/^\s*\{/.test(policyText)) throw new AwsFault('InvalidParameterException', "Invalid parameter at 'PolicyText' failed to satisfy constraint: 'Invalid repository policy provided'");
  call.here.repositoryPolicies[repositoryName] = policyText;
  return { registryId: call.accountId, repositoryName, policyText };
}

function deleteRepositoryPolicy({ repositoryName = '', registryId }: Plain<sdk.DeleteRepositoryPolicyRequest>, call: Call): object {
  repositoryNamed(repositoryName, call, registryId);
  const policyText = policyOf(repositoryName, call);
  delete call.here.repositoryPolicies[repositoryName];
  return { registryId: call.accountId, repositoryName, policyText };
}

function imageIn(repositoryName: string, id: Plain<sdk.ImageIdentifier>, call: Call): Plain<sdk.ImageDetail> {
  const image = Object.values(call.here.images).find(
    (one) =>
      one.repositoryName === repositoryName &&
      (id.imageDigest === undefined || one.imageDigest === id.imageDigest) &&
      (id.imageTag === undefined || one.imageTags?.includes(id.imageTag)),
  );
  if (!image) {
    throw new AwsFault('ImageNotFoundException', `The image with imageId {imageDigest:'${id.imageDigest ?? 'null'}', imageTag:'${id.imageTag ?? 'null'}'} does not exist within the repository with name '${repositoryName}' in the registry with id '${call.accountId}'`);
  }
  return image;
}

function describeImages(request: Plain<sdk.DescribeImagesRequest>, call: Call): object {
  const { repositoryName = '', registryId, imageIds, filter, nextToken, maxResults } = request;
  repositoryNamed(repositoryName, call, registryId);
  const found = imageIds?.length
    ? imageIds.map((id) => imageIn(repositoryName, id, call))
    : Object.values(call.here.images).filter((image) => image.repositoryName === repositoryName);
  const tagged = (image: Plain<sdk.ImageDetail>) => (image.imageTags?.length ? 'TAGGED' : 'UNTAGGED');
  const { tagStatus = 'ANY' } = filter ?? {};
  const wanted = found.filter((image) => tagStatus === 'ANY' || tagged(image) === tagStatus);
  const { items, next } = page(`images/${repositoryName}`, wanted, { token: nextToken, most: maxResults }, call, badToken);
  return { imageDetails: items, nextToken: next };
}

/** Findings come in pages, basic and enhanced ones alike; everything else of the answer stands on each. */
function describeImageScanFindings(request: Plain<sdk.DescribeImageScanFindingsRequest>, call: Call): object {
  const { repositoryName = '', registryId, imageId, nextToken, maxResults } = request;
  repositoryNamed(repositoryName, call, registryId);
  const { imageDigest, imageTags } = imageIn(repositoryName, imageId ?? {}, call);
  const scan = call.here.scans[`${repositoryName}@${imageDigest}`];
  if (!scan) {
    throw new AwsFault('ScanNotFoundException', `Image scan does not exist for the image with '{imageDigest:'${imageDigest}', imageTag:'${imageTags?.[0] ?? 'null'}'}' in the repository with name '${repositoryName}' in the registry with id '${call.accountId}'`);
  }
  const { findings, enhancedFindings, ...rest } = scan.imageScanFindings ?? {};
  const asked = { token: nextToken, most: maxResults };
  const basic = page('findings', findings ?? [], asked, call, badToken);
  const enhanced = page('findings', enhancedFindings ?? [], asked, call, badToken);
  return {
    registryId: call.accountId,
    repositoryName,
    imageId: { imageDigest, ...(imageTags?.[0] && { imageTag: imageTags[0] }) },
    imageScanStatus: scan.imageScanStatus,
    ...(scan.imageScanFindings && {
      imageScanFindings: {
        ...rest,
        ...(findings && { findings: basic.items }),
        ...(enhancedFindings && { enhancedFindings: enhanced.items }),
      },
    }),
    nextToken: basic.next ?? enhanced.next,
  };
}

function createRepository(request: Plain<sdk.CreateRepositoryRequest>, call: Call): object {
  const { repositoryName = '', imageTagMutability = 'MUTABLE', imageScanningConfiguration, encryptionConfiguration } = request;
  if (call.here.repositories[repositoryName]) {
    throw new AwsFault('RepositoryAlreadyExistsException', `The repository with name '${repositoryName}' already exists in the registry with id '${call.accountId}'`);
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
  const sameTag = Object.values(images).filter((one) => one.repositoryName === repositoryName && imageTag && one.imageTags?.includes(imageTag));
  if (sameTag.length > 0 && call.here.repositories[repositoryName]?.imageTagMutability === 'IMMUTABLE') {
    throw new AwsFault('ImageTagAlreadyExistsException', `The image tag '${imageTag}' already exists in the '${repositoryName}' repository and cannot be overwritten because the repository is immutable.`);
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
    image: { registryId: call.accountId, repositoryName, imageId: { imageDigest, imageTag }, imageManifest, imageManifestMediaType },
  };
}

export const ecr: Operations = {
  reads: {
    DescribeImages: describeImages,
    DescribeImageScanFindings: describeImageScanFindings,
    DescribeRepositories: describeRepositories,
    GetRepositoryPolicy: getRepositoryPolicy,
  },
  writes: {
    CreateRepository: createRepository,
    DeleteRepositoryPolicy: deleteRepositoryPolicy,
    PutImage: putImage,
    PutImageTagMutability: putImageTagMutability,
    SetRepositoryPolicy: setRepositoryPolicy,
  },
};
