import type { Read } from '../aws/read.ts';
import type { Reader } from '../aws/reader.ts';
import type { AnyKind } from '../resources/kind.ts';
import type { Resource, Use } from '../resources/resource.ts';
import type { AnySubject } from './verdict.ts';

type Unread = Exclude<Read<unknown>, { outcome: 'found' }>;

/** A resource as read. `unread` names the facets that could not be read, each with why. */
export interface Found {
  outcome: 'found';
  began: number;
  subject: AnySubject;
  unread: ReadonlyMap<string, Unread>;
}

/** What a look has to go on. `unsettled` carries what was read, for the time when waiting ends. */
export type SubjectRead = Found | { outcome: 'unsettled'; began: number; found: Found } | Unread;

/**
 * Reads a resource and the named facets, each once. A throttled facet makes the whole read unavailable: it is looked
 * at later and nothing changes meanwhile.
 */
export async function readSubject(
  kind: AnyKind,
  resource: Resource,
  reader: Reader,
  facets: ReadonlySet<string>,
  usedBy: readonly Use[],
): Promise<SubjectRead> {
  if (kind.base === undefined) throw new TypeError(`Resources of kind ${kind.kind} are located, never read.`);
  const base = await kind.base(reader, resource);
  if (base.outcome !== 'found') return base;
  const settled = kind.settled?.(base.value) ?? 'settled';
  if (settled === 'gone') return { outcome: 'gone', began: base.began };

  const wanted = Object.entries(kind.facets).filter(([name]) => facets.has(name));
  const reads = await Promise.all(
    wanted.map(async ([name, facet]): Promise<readonly [string, Read<unknown>]> => {
      return [name, await facet.read(reader, base.value, resource, usedBy)];
    }),
  );
  for (const [, read] of reads) if (read.outcome === 'unavailable') return read;

  const values = reads.flatMap(([name, read]) => (read.outcome === 'found' ? [[name, read.value] as const] : []));
  const found: Found = {
    outcome: 'found',
    began: Math.min(base.began, ...reads.map(([, { began }]) => began)),
    subject: {
      ...base.value,
      kind: kind.kind,
      at: resource,
      partition: reader.partition,
      usedBy,
      facets: Object.fromEntries(values),
    },
    unread: new Map(reads.flatMap(([name, read]) => (read.outcome === 'found' ? [] : [[name, read] as const]))),
  };
  return settled === 'unsettled' ? { outcome: 'unsettled', began: found.began, found } : found;
}
