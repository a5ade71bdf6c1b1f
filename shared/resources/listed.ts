import { onFound, type Read } from '../aws/read.ts';
import { isId } from './ids.ts';
import type { Listed, Listing, Within } from './kind.ts';
import type { KindName } from './resource.ts';

/** The ids in one answer; what is no id of the kind is left out. An answer without its list is not read. */
export function listedIn<T>(
  kind: KindName,
  read: Read<T>,
  action: string,
  ids: (value: T) => readonly (string | undefined)[] | undefined,
): Listed {
  const found = onFound(read, action, ids);
  if (found.outcome === 'gone') return { ids: [], unread: [] };
  if (found.outcome !== 'found') return { ids: [], unread: [found] };
  return { ids: found.value.filter((id) => isId(kind, id)), unread: [] };
}

/** Several listings as one: of each cluster, of each repository. */
export function allListed(parts: readonly Listed[]): Listed {
  const seeds = parts.flatMap((part) => part.seeds ?? []);
  return {
    ids: parts.flatMap(({ ids }) => ids),
    unread: parts.flatMap(({ unread }) => unread),
    ...(seeds.length > 0 ? { seeds } : {}),
  };
}

/** Parent by parent: one that cannot be asked leaves the others listed. */
export function listingWithin(within: Within): Pick<Listing, 'list' | 'within'> {
  return {
    within,
    list: async (reader) => {
      const parents = await within.parents(reader);
      const parts = await Promise.all(parents.ids.map((parent) => within.of(reader, parent)));
      return allListed([{ ids: [], unread: parents.unread }, ...parts]);
    },
  };
}
