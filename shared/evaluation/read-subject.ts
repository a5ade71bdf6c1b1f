import type { Read } from '../aws/read.ts';
import type { Reader } from '../aws/reader.ts';
import type { AnyKind } from '../resources/kind.ts';
import type { Link, Resource, Use } from '../resources/resource.ts';
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

/** Somebody waits: facets are asked beside the base read where that can be, and other work begins while they answer. */
export interface Hurry {
  /** What the resource linked to when it was last seen. */
  links: readonly Link[];
  /** Called once the base read is there, and does not say to come again. */
  settled(): void;
}

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
  hurry?: Hurry,
): Promise<SubjectRead> {
  if (kind.base === undefined) throw new TypeError(`Resources of kind ${kind.kind} are located, never read.`);
  const wanted = Object.entries(kind.facets).filter(([name]) => facets.has(name));
  const asked = kind.base(reader, resource);
  const likely = hurry && kind.likely?.(resource, hurry.links, reader.partition);
  // Nothing is taken from here: the batch has what these ask, or how that failed, when they are read for good.
  if (likely) for (const [, facet] of wanted) facet.read(reader, likely, resource, usedBy).catch(() => undefined);
  const base = await asked;
  if (base.outcome !== 'found') return base;
  const settled = kind.settled?.(base.value) ?? 'settled';
  if (settled === 'gone') return { outcome: 'gone', began: base.began };
  if (settled === 'settled') hurry?.settled();

  const reads = await Promise.all(
    wanted.map(async ([name, facet]): Promise<readonly [string, Read<unknown>]> => {
      return [name, await facet.read(reader, base.value, resource, usedBy)];
    }),
  );
  for (const [, read] of reads) if (read.outcome === 'unavailable') return read;

  const began = Math.min(base.began, ...reads.map(([, read]) => read.began));
  const values = reads.flatMap(([name, read]) => (read.outcome === 'found' ? [[name, read.value] as const] : []));
  const at = { kind: kind.kind, at: resource, partition: reader.partition, usedBy };
  const found: Found = {
    outcome: 'found',
    began,
    subject: { ...base.value, ...at, facets: Object.fromEntries(values) },
    unread: new Map(reads.flatMap(([name, read]) => (read.outcome === 'found' ? [] : [[name, read] as const]))),
  };
  return settled === 'unsettled' ? { outcome: 'unsettled', began, found } : found;
}
