import type { Nodegroup } from '@aws-sdk/client-eks';
import { known, onFound, onListed, type Read } from '../aws/read.ts';
import type { Reader } from '../aws/reader.ts';
import { adminContainerOn } from './bottlerocket.ts';

/** What a launch template says of the nodes, in the version that the node group runs. User data is judged here and not kept. */
export interface NodeTemplate {
  id: string;
  version: string;
  imageId: string | null;
  keyName: string | null;
  /** Of the template itself and of its network interfaces; empty: EKS attaches the cluster's own group. */
  securityGroups: readonly string[];
  /** Bottlerocket's admin container is on; null where the user data cannot be read (in a snapshot). */
  adminContainer: boolean | null;
}

const ACTION = 'ec2:DescribeLaunchTemplateVersions';

/** Null: the node group has no template of its user's. */
export async function nodeTemplate(reader: Reader, { launchTemplate }: Nodegroup): Promise<Read<NodeTemplate | null>> {
  if (launchTemplate === undefined) return known(null);
  const { id, name, version = '$Default' } = launchTemplate;
  const answer = await reader.read(ACTION, {
    ...(id === undefined ? { LaunchTemplateName: name } : { LaunchTemplateId: id }),
    Versions: [version],
  });
  const listed = onListed(answer, ACTION, ({ LaunchTemplateVersions }) => LaunchTemplateVersions);
  return onFound(listed, ACTION, ({ LaunchTemplateId = id, LaunchTemplateData: content }) => {
    if (content === undefined || LaunchTemplateId === undefined) return undefined;
    const ofInterfaces = content.NetworkInterfaces?.flatMap(({ Groups }) => Groups ?? []) ?? [];
    return {
      id: LaunchTemplateId,
      version,
      imageId: content.ImageId ?? null,
      keyName: content.KeyName ?? null,
      securityGroups: [...new Set([...(content.SecurityGroupIds ?? []), ...ofInterfaces])],
      adminContainer: adminContainerOn(content.UserData),
    };
  });
}

/** The image that nodes start from. `owner` is an account, `ownerAlias` `amazon` or `aws-marketplace` where AWS vouches for it. */
export interface NodeImage {
  id: string;
  name: string | null;
  owner: string;
  ownerAlias: string | null;
}

/** Null: the image is one of EKS's own, which `amiType` says. */
export async function nodeImage(reader: Reader, base: Nodegroup): Promise<Read<NodeImage | null>> {
  if (base.amiType !== 'CUSTOM') return known(null);
  const template = await nodeTemplate(reader, base);
  const asked = onFound(template, ACTION, (found) => found?.imageId ?? undefined);
  if (asked.outcome !== 'found') return asked;
  const answer = await reader.read('ec2:DescribeImages', { ImageIds: [asked.value] });
  const listed = onListed(answer, 'ec2:DescribeImages', ({ Images }) => Images);
  const image = onFound(listed, 'ec2:DescribeImages', ({ OwnerId, ImageOwnerAlias, Name }) =>
    OwnerId === undefined
      ? undefined
      : { id: asked.value, name: Name ?? null, owner: OwnerId, ownerAlias: ImageOwnerAlias ?? null },
  );
  return { ...image, began: Math.min(asked.began, image.began) };
}
