import type * as sdk from '@aws-sdk/client-ec2';
import type { Plain } from '../account.ts';
import { AwsFault, type Call } from '../call.ts';
import { answer, byIds, type Filterable } from './ec2-filters.ts';

export function describeImages(request: Plain<sdk.DescribeImagesRequest>, call: Call): object {
  const { ImageIds, Owners } = request;
  const found = byIds(
    call.here.machineImages,
    ImageIds,
    (id) => new AwsFault('InvalidAMIID.NotFound', `The image id '[${id}]' does not exist`),
  ).filter(
    ({ OwnerId, ImageOwnerAlias }) =>
      !Owners?.length ||
      Owners.some(
        (owner) => owner === OwnerId || owner === ImageOwnerAlias || (owner === 'self' && OwnerId === call.accountId),
      ),
  );
  const filterable: Filterable<Plain<sdk.Image>> = {
    'image-id': ({ ImageId }) => [ImageId],
    'owner-id': ({ OwnerId }) => [OwnerId],
    'owner-alias': ({ ImageOwnerAlias }) => [ImageOwnerAlias],
    name: ({ Name }) => [Name],
    state: ({ State }) => [State],
  };
  return answer('Images', found, request, filterable, call);
}

type Version = Plain<sdk.LaunchTemplateVersion>;

/** All versions of one template, which goes by its id or by its name, never by both. */
function versionsOf(id: string | undefined, name: string | undefined, call: Call): Version[] {
  if ((id === undefined) === (name === undefined)) {
    const message = 'Exactly one of LaunchTemplateId and LaunchTemplateName must be given';
    throw new AwsFault('InvalidParameterCombination', message);
  }
  const all = Object.values(call.here.launchTemplates).filter((version) =>
    id === undefined ? version.LaunchTemplateName === name : version.LaunchTemplateId === id,
  );
  if (all.length > 0) return all;
  const code = id === undefined ? 'InvalidLaunchTemplateName.NotFoundException' : 'InvalidLaunchTemplateId.NotFound';
  throw new AwsFault(code, `The specified launch template, ${id ?? name}, does not exist.`);
}

/** A version by its number, or by what the template calls the latest or the default one. */
function isVersion(version: Version, wanted: string, latest: number): boolean {
  if (wanted === '$Latest') return version.VersionNumber === latest;
  return wanted === '$Default' ? version.DefaultVersion === true : String(version.VersionNumber) === wanted;
}

export function describeLaunchTemplateVersions(
  request: Plain<sdk.DescribeLaunchTemplateVersionsRequest>,
  call: Call,
): object {
  const { LaunchTemplateId: id, LaunchTemplateName: name, Versions } = request;
  const all = versionsOf(id, name, call);
  const latest = Math.max(...all.map(({ VersionNumber }) => VersionNumber ?? 0));
  const missing = Versions?.find((wanted) => !all.some((version) => isVersion(version, wanted, latest)));
  if (missing !== undefined) {
    const message = `Could not find the specified version ${missing} for the launch template with ID ${id ?? name}.`;
    throw new AwsFault('InvalidLaunchTemplateId.VersionNotFound', message);
  }
  const found = all.filter(
    (version) => !Versions?.length || Versions.some((wanted) => isVersion(version, wanted, latest)),
  );
  return answer<Version & { Tags?: never }>('LaunchTemplateVersions', found, request, {}, call);
}
