import type { Finding, ListFindingsRequest, StringFilter } from '@aws-sdk/client-inspector2';
import type { Plain } from '../account.ts';
import { AwsFault, type Call, type Operations, page } from '../call.ts';

const refused = (message: string) => new AwsFault('ValidationException', message, 400, { reason: 'OTHER' });

type Said = (finding: Plain<Finding>) => (string | undefined)[];

const images = (finding: Plain<Finding>) =>
  (finding.resources ?? []).map(({ details }) => details?.awsEcrContainerImage);

/** The filters that stories need so far; another one is refused, never ignored. */
const SAID: Readonly<Record<string, Said>> = {
  awsAccountId: ({ awsAccountId }) => [awsAccountId],
  ecrImageHash: (finding) => images(finding).map((image) => image?.imageHash),
  ecrImageRepositoryName: (finding) => images(finding).map((image) => image?.repositoryName),
  ecrImageTags: (finding) => images(finding).flatMap((image) => image?.imageTags ?? []),
  findingArn: ({ findingArn }) => [findingArn],
  findingStatus: ({ status }) => [status],
  findingType: ({ type }) => [type],
  fixAvailable: ({ fixAvailable }) => [fixAvailable],
  resourceId: ({ resources }) => (resources ?? []).map(({ id }) => id),
  resourceType: ({ resources }) => (resources ?? []).map(({ type }) => type),
  severity: ({ severity }) => [severity],
};

function meets(said: readonly (string | undefined)[], { comparison, value = '' }: Plain<StringFilter>): boolean {
  if (comparison === 'NOT_EQUALS') return !said.includes(value);
  return said.some((text) => (comparison === 'PREFIX' ? text?.startsWith(value) : text === value));
}

function listFindings({ filterCriteria, nextToken, maxResults }: Plain<ListFindingsRequest>, call: Call): object {
  const criteria = Object.entries(filterCriteria ?? {}).filter(([, filters]) => filters !== undefined);
  const unknown = criteria.find(([name]) => !Object.hasOwn(SAID, name));
  if (unknown) throw refused(`The filter ${unknown[0]} is not known here.`);
  const found = Object.values(call.here.inspectorFindings).filter((finding) =>
    criteria.every(([name, filters]) =>
      (filters as Plain<StringFilter>[]).some((filter) => meets(SAID[name]?.(finding) ?? [], filter)),
    ),
  );
  const { items, next } = page('findings', found, { token: nextToken, most: maxResults }, call, () =>
    refused('The token is not valid.'),
  );
  return { findings: items, nextToken: next };
}

export const inspector2: Operations = { reads: { ListFindings: listFindings }, writes: {} };
