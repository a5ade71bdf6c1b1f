import type { ImageDetail } from '@aws-sdk/client-ecr';
import { onListed } from '../aws/read.ts';
import type { Reader } from '../aws/reader.ts';
import { DAY } from '../runtime/clock.ts';
import { arnName } from './arn.ts';
import { allIds, firstId } from './ids.ts';
import { type ImageScan, imageScan } from './image-scan.ts';
import { at, field, list, object, text } from './json.ts';
import { defineKind, type Listed, type Locate, type Seed } from './kind.ts';
import { near } from './links.ts';
import { listedIn, listingWithin } from './listed.ts';
import { listRepositories, repository } from './repository.ts';

export type ImageFacets = {
  /** The newest scan's findings that are open; null where none was ever made. */
  scan: ImageScan | null;
};

const idOf = (name: unknown, digest: unknown) =>
  typeof name === 'string' && typeof digest === 'string' ? `${name}@${digest}` : undefined;

/** A manifest is pushed by tag or by nothing: only the answer has the digest. */
const pushed: Locate = ({ request, response }) => {
  const name = text(request, 'repositoryName') ?? at(response, 'image', 'repositoryName');
  const digest = at(response, 'image', 'imageId', 'imageDigest') ?? text(request, 'imageDigest');
  return firstId('image', idOf(name, digest));
};

/** What was deleted stands in the answer; of what failed nothing changed. */
const deleted: Locate = ({ request, response }) => {
  const name = text(request, 'repositoryName');
  const answered = Array.isArray(field(response, 'imageIds')) ? response : request;
  const images = list(answered, 'imageIds').map((image) => idOf(name, field(image, 'imageDigest')));
  const ids = allIds('image', images);
  return ids.length > 0 || answered === response ? ids : undefined;
};

/** Native events of ECR write in kebab-case. A push comes as `PutImage` too. */
const acted: Locate = ({ detail }) =>
  text(detail, 'action-type') === 'PUSH' || text(detail, 'result') === 'FAILURE' ? [] : scanned({ detail });

function scanned({ detail }: Pick<Parameters<Locate>[0], 'detail'>): readonly string[] | undefined {
  const name = text(detail, 'repository-name') ?? '';
  return firstId('image', idOf(arnName(name, 'repository') ?? name, text(detail, 'image-digest')));
}

/** Inspector reports of instances and functions too. */
const found: Locate = ({ detail }) => {
  const resources = list(detail, 'resources').filter((each) => text(each, 'type') === 'AWS_ECR_CONTAINER_IMAGE');
  const images = resources.map((each) => {
    const { repositoryName, imageHash } = object(object(each, 'details'), 'awsEcrContainerImage');
    return idOf(repositoryName, imageHash);
  });
  const ids = allIds('image', images);
  return ids.length === 0 && resources.length > 0 ? undefined : ids;
};

/** An image without a tag counts for so long after its push: by then nothing new runs it. */
const UNTAGGED_COUNTS = 30 * DAY;

/** It has all of each image, so that the base read is answered by it. */
async function imagesOf(reader: Reader, repositoryName: string): Promise<Listed> {
  const answer = await reader.read('ecr:DescribeImages', { repositoryName });
  const counting = ({ imageTags, imagePushedAt }: ImageDetail) =>
    (imageTags?.length ?? 0) > 0 || (imagePushedAt?.getTime() ?? 0) > answer.began - UNTAGGED_COUNTS;
  const ids = listedIn('image', answer, 'ecr:DescribeImages', ({ imageDetails }) =>
    imageDetails?.filter(counting).map(({ imageDigest }) => idOf(repositoryName, imageDigest)),
  );
  if (answer.outcome !== 'found') return ids;
  const seeds = (answer.value.imageDetails ?? []).filter(counting).map(
    (each): Seed => ({
      id: idOf(repositoryName, each.imageDigest) ?? '',
      action: 'ecr:DescribeImages',
      input: { repositoryName, imageIds: [{ imageDigest: each.imageDigest }] },
      value: { imageDetails: [each] },
      began: answer.began,
    }),
  );
  return { ...ids, seeds };
}

export const image = defineKind<ImageDetail, ImageFacets>()({
  kind: 'image',
  called: 'container image',
  judged: 'every',
  actions: ['ecr:DescribeImages'],
  likely: () => ({}),
  async base(reader, { id }) {
    const { name, digest } = parts(id);
    const answer = await reader.read('ecr:DescribeImages', {
      repositoryName: name,
      imageIds: [{ imageDigest: digest }],
    });
    return onListed(answer, 'ecr:DescribeImages', ({ imageDetails }) => imageDetails);
  },
  listing: {
    actions: ['ecr:DescribeRepositories', 'ecr:DescribeImages'],
    ...listingWithin({ parents: listRepositories, of: imagesOf, parentOf: (id) => parts(id).name }),
  },
  facets: {
    scan: {
      actions: ['ecr:DescribeImageScanFindings'],
      read: (reader, _, { id }) => imageScan(reader, parts(id).name, parts(id).digest),
    },
  },
  linksTo: ['repository'],
  links: (_, __, resource) => near(resource, 'repository', parts(resource.id).name, 'repository'),
  lifecycle: { created: ['ecr:PutImage'], deleted: ['ecr:BatchDeleteImage', 'ecr:ImageAction'], tagged: [] },
  touchedBy: {
    'ecr:PutImage': pushed,
    'ecr:BatchDeleteImage': deleted,
    'ecr:ImageAction': acted,
    'ecr:ImageScan': scanned,
    'inspector2:Scan': scanned,
    'inspector2:Finding': found,
  },
  reachedThrough: [repository],
});

function parts(id: string): { name: string; digest: string } {
  const cut = id.lastIndexOf('@');
  return { name: id.slice(0, cut), digest: id.slice(cut + 1) };
}
