import { allIds, firstId } from './ids.ts';
import { at, field, list, object } from './json.ts';
import type { TouchedBy } from './kind.ts';
import type { KindName } from './resource.ts';

/**
 * An EC2 id by its field's name, from the request or else the answer. EC2 records some calls flat (`groupId`), others
 * inside `<Event>Request` and `<Event>Response` with capitals (`ModifySecurityGroupRulesRequest.GroupId`).
 */
export function ec2Id(
  kind: KindName,
  { event, request, response }: TouchedBy,
  name: string,
  ...answered: readonly (readonly string[])[]
): readonly string[] | undefined {
  const capital = name.charAt(0).toUpperCase() + name.slice(1);
  const call = event.slice(event.indexOf(':') + 1);
  const asked = object(request, `${call}Request`);
  const answer = object(response, `${call}Response`);
  return firstId(
    kind,
    field(request, name),
    field(request, capital),
    field(asked, capital),
    field(asked, name),
    ...answered.flatMap((path) => [at(answer, ...path), at(response, ...path)]),
    field(answer, name),
    field(response, name),
  );
}

/** Ids of one kind among what `CreateTags` and `DeleteTags` name; both tag anything in EC2. */
export function ec2Tagged(kind: KindName, { request }: TouchedBy): readonly string[] | undefined {
  const items = list(field(request, 'resourcesSet'), 'items').map((item) => field(item, 'resourceId'));
  return items.length === 0 ? undefined : allIds(kind, items);
}
