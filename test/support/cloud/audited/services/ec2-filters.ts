import type { Filter, Tag } from '@aws-sdk/client-ec2';
import type { Plain } from '../account.ts';
import { AwsFault, type Call, page } from '../call.ts';

/** For each filter's name what a resource says to it: any of these values may match. */
export type Filterable<T> = Readonly<
  Record<string, (resource: T) => readonly (string | number | boolean | undefined)[]>
>;

/** `*` and `?` are wildcards in filter values, as in EC2. */
function matches(pattern: string, value: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's').test(value);
}

function saidOf<T extends { Tags?: Plain<Tag>[] | undefined }>(
  name: string,
  resource: T,
  filterable: Filterable<T>,
): readonly unknown[] {
  if (name === 'tag-key') return (resource.Tags ?? []).map(({ Key }) => Key);
  if (name.startsWith('tag:')) {
    return (resource.Tags ?? []).filter(({ Key }) => Key === name.slice(4)).map(({ Value }) => Value);
  }
  const say = Object.hasOwn(filterable, name) ? filterable[name] : undefined;
  if (!say) throw new AwsFault('InvalidParameterValue', `The filter '${name}' is invalid`);
  return say(resource);
}

/** Filters are joined by and, the values of one by or. */
export function filtered<T extends { Tags?: Plain<Tag>[] | undefined }>(
  resources: readonly T[],
  filters: readonly Plain<Filter>[] | undefined,
  filterable: Filterable<T>,
): T[] {
  return resources.filter((resource) =>
    (filters ?? []).every(({ Name = '', Values = [] }) => {
      const said = saidOf(Name, resource, filterable);
      return said.some((value) => value !== undefined && Values.some((pattern) => matches(pattern, String(value))));
    }),
  );
}

/** The resources of these ids in their order, or all; an id that is nobody's fails the whole call. */
export function byIds<T>(
  collection: Readonly<Record<string, T>>,
  ids: readonly string[] | undefined,
  missing: (id: string) => AwsFault,
): T[] {
  if (!ids || ids.length === 0) return Object.values(collection);
  return ids.map((id) => {
    const found = Object.hasOwn(collection, id) ? collection[id] : undefined;
    if (found === undefined) throw missing(id);
    return found;
  });
}

type Described = {
  Filters?: Plain<Filter>[] | undefined;
  NextToken?: string | undefined;
  MaxResults?: number | undefined;
};

export const badToken = () => new AwsFault('InvalidNextToken', 'The token is not valid');

/** Filters and pages what was found; the list's name is the answer's. */
export function answer<T extends { Tags?: Plain<Tag>[] | undefined }>(
  name: string,
  found: readonly T[],
  request: Described,
  filterable: Filterable<T>,
  call: Call,
): object {
  const wanted = filtered(found, request.Filters, filterable);
  const asked = { token: request.NextToken, most: request.MaxResults ?? 1000 };
  const { items, next } = page(name, wanted, asked, call, badToken);
  return { [name]: items, NextToken: next };
}

export const missing = (code: string, what: string) => (id: string) =>
  new AwsFault(code, `The ${what} ID '${id}' does not exist`);
