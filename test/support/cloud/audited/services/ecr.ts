import type * as sdk from '@aws-sdk/client-ecr';
import type { Plain } from '../account.ts';
import { AwsFault, type Call, type Operations, page } from '../call.ts';
import { policyOf, repositoryNamed } from './ecr-entities.ts';
import { ecrWrites } from './ecr-writes.ts';

const badToken = () =>
  new AwsFault(
    'InvalidParameterException',
    "Invalid parameter at 'nextToken' failed to satisfy constraint: 'Invalid token'",
  );

function describeRepositories(request: Plain<sdk.DescribeRepositoriesRequest>, call: Call): object {
  const { repositoryNames, registryId, nextToken, maxResults } = request;
  const found = repositoryNames?.length
    ? repositoryNames.map((name) => repositoryNamed(name, call, registryId))
    : Object.values(call.here.repositories);
  const { items, next } = page('repositories', found, { token: nextToken, most: maxResults }, call, badToken);
  return { repositories: items, nextToken: next };
}

function getRepositoryPolicy(
  { repositoryName = '', registryId }: Plain<sdk.GetRepositoryPolicyRequest>,
  call: Call,
): object {
  repositoryNamed(repositoryName, call, registryId);
  return { registryId: call.accountId, repositoryName, policyText: policyOf(repositoryName, call) };
}

function imageIn(repositoryName: string, id: Plain<sdk.ImageIdentifier>, call: Call): Plain<sdk.ImageDetail> {
  const image = Object.values(call.here.images).find(
    (one) =>
      one.repositoryName === repositoryName &&
      (id.imageDigest === undefined || one.imageDigest === id.imageDigest) &&
      (id.imageTag === undefined || one.imageTags?.includes(id.imageTag)),
  );
  if (!image) {
    throw new AwsFault(
      'ImageNotFoundException',
      `The image with imageId {imageDigest:'${id.imageDigest ?? 'null'}', imageTag:'${id.imageTag ?? 'null'}'} does not exist within the repository with name '${repositoryName}' in the registry with id '${call.accountId}'`,
    );
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
  const { items, next } = page(
    `images/${repositoryName}`,
    wanted,
    { token: nextToken, most: maxResults },
    call,
    badToken,
  );
  return { imageDetails: items, nextToken: next };
}

/** Findings come in pages, basic and enhanced ones alike; everything else of the answer stands on each. */
function describeImageScanFindings(request: Plain<sdk.DescribeImageScanFindingsRequest>, call: Call): object {
  const { repositoryName = '', registryId, imageId, nextToken, maxResults } = request;
  repositoryNamed(repositoryName, call, registryId);
  const { imageDigest, imageTags } = imageIn(repositoryName, imageId ?? {}, call);
  const scan = call.here.scans[`${repositoryName}@${imageDigest}`];
  if (!scan) {
    throw new AwsFault(
      'ScanNotFoundException',
      `Image scan does not exist for the image with '{imageDigest:'${imageDigest}', imageTag:'${imageTags?.[0] ?? 'null'}'}' in the repository with name '${repositoryName}' in the registry with id '${call.accountId}'`,
    );
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

export const ecr: Operations = {
  reads: {
    DescribeImages: describeImages,
    DescribeImageScanFindings: describeImageScanFindings,
    DescribeRepositories: describeRepositories,
    GetRepositoryPolicy: getRepositoryPolicy,
  },
  writes: ecrWrites,
};
