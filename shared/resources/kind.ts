import type { ReadAction } from '../aws/actions.ts';
import type { Read } from '../aws/read.ts';
import type { Reader } from '../aws/reader.ts';
import type { KindName, Link, Resource, Use } from './resource.ts';

/** What `locate` tells a kind about a change; `request`, `response` and `detail` hold whatever JSON came in. */
export interface TouchedBy {
  /** `service:EventName`, e.g. `eks:CreateCluster`; native events: `ecr:ImageScan`, `inspector2:Finding`. */
  event: string;
  account: string;
  region: string;
  request: Readonly<Record<string, unknown>>;
  response: Readonly<Record<string, unknown>>;
  detail: Readonly<Record<string, unknown>>;
  /** ARNs from `detail.resources[]`, for where a request was omitted. */
  arns: readonly string[];
}

/**
 * The ids that an event touches. An empty list: the event concerns no resource of this kind after all. Undefined: it
 * does, but the event does not say which one; then every known one of its account and region is read again.
 */
export type Locate = (touched: TouchedBy) => readonly string[] | undefined;

/** What can be named about a resource's life: `gone` closes, `unsettled` is looked at later. */
export type Settled = 'settled' | 'unsettled' | 'gone';

/** Asks for many by one call, where AWS can: what it answers needs no call of its own. By the same actions as the single read. */
export type Together = (reader: Reader, ids: readonly string[]) => Promise<readonly Seed[]>;

export interface Facet<Base, Value> {
  actions: readonly ReadAction[];
  together?: Together;
  /** `usedBy` is filled for kinds that ask who uses them (`linked`, or `asksWhoUses`), else empty. */
  read(reader: Reader, base: Base, resource: Resource, usedBy: readonly Use[]): Promise<Read<Value>>;
}

/** The ids that a listing found. With anything `unread` it is not complete: what it lacks may still be there. */
export interface Listed {
  ids: readonly string[];
  unread: readonly Exclude<Read<unknown>, { outcome: 'found' | 'gone' }>[];
  /** Answers that hold whole objects, so that the base reads that follow need no calls of their own. */
  seeds?: readonly Seed[];
}

/** What a read of its own would have answered. */
export interface Seed {
  id: string;
  action: ReadAction;
  input: object;
  value: object;
  began: number;
}

/** How all resources of a kind in an account and region are named; for the sweep. */
export interface Listing {
  actions: readonly ReadAction[];
  list(reader: Reader): Promise<Listed>;
  /** Where it takes a call for each of something else: for who goes through a few of those at a time. */
  within?: Within;
}

/** The clusters of node groups, the repositories of images: all of them, what one of them has, and the one of an id. */
export interface Within {
  parents(reader: Reader): Promise<Listed>;
  of(reader: Reader, parent: string): Promise<Listed>;
  parentOf(id: string): string;
}

/** A kind of resource: its base read, facets beyond it, links to others, and the events that touch it. */
export interface Kind<
  Name extends KindName,
  Base,
  Facets extends Record<string, unknown>,
  Event extends string,
  Far extends string = never,
> {
  kind: Name;
  /** For people, with its article left out: `EKS cluster`. */
  called: string;
  /** `every`: an event rechecks the resource, known or not. `linked`: only if something of ours uses it. `sighting`: the event is itself the fact. */
  judged: 'every' | 'linked' | 'sighting';
  /** IAM: one in an account, whatever the region; stored under the region `global`. */
  global?: boolean;
  /** The IAM actions of the base read. Absent `base`: located only, never judged. */
  actions: readonly ReadAction[];
  base?(reader: Reader, resource: Resource): Promise<Read<Base>>;
  /**
   * What its facets are read by, as the base read will most likely tell: by its id, and by what it linked to when it was
   * last seen. They are asked by it beside the base read then; a wrong guess costs a call, and nothing else.
   */
  likely?(resource: Resource, links: readonly Link[], partition: string): Partial<Base>;
  /** For the base reads of a sweep that has no listing to answer them. */
  together?: Together;
  facets: { [F in keyof Facets]: Facet<Base, Facets[F]> };
  settled?(base: Base): Settled;
  /** Tells a resource from another made later under the same name; absent where AWS never reuses an id. */
  generation?(base: Base): string | undefined;
  /** The kinds that its links lead to, and the facets beyond the base read that some of them take. */
  linksTo?: readonly KindName[];
  linkFacets?: readonly (keyof Facets & string)[];
  links?(base: Base, facets: Partial<Facets>, resource: Resource): Link[];
  /** Absent: nothing lists them, or only those that something of ours uses count. */
  listing?: Listing;
  /** The clusters it belongs to by itself; those of its users are added by the look. */
  clusters?(resource: Resource): string[];
  /** Its controls ask who uses it: a look then reads its links too, as for every `linked` kind. */
  asksWhoUses?: boolean;
  tags?(base: Base): Record<string, string>;
  lifecycle: {
    created: readonly NoInfer<Event>[];
    deleted: readonly NoInfer<Event>[];
    tagged: readonly NoInfer<Event>[];
  };
  /** CloudTrail's quirks live here: which ids an event touches. */
  touchedBy: Record<Event, Locate>;
  /** Kinds that it uses, whose events may be triggers of its controls: a link leads back from them. */
  reachedThrough: readonly FarKind<Far>[];
  /** Phantom: never set; carries the type of the base read. */
  readonly baseType?: Base;
}

/** Each kind has some of the events only: together they are what may be named. */
export interface FarKind<Event extends string> {
  kind: KindName;
  touchedBy: Partial<Record<Event, Locate>>;
}

// biome-ignore lint/suspicious/noExplicitAny: a kind of any base and facets; `never` and `unknown` fail on its methods' variance.
export type AnyKind = Kind<KindName, any, any, string, string>;

// biome-ignore lint/suspicious/noExplicitAny: inference over one parameter ignores the others.
export type NameOf<K> = K extends Kind<infer N, any, any, any, any> ? N : never;
// biome-ignore lint/suspicious/noExplicitAny: as above.
export type BaseOf<K> = K extends Kind<any, infer B, any, any, any> ? B : never;
// biome-ignore lint/suspicious/noExplicitAny: as above.
export type FacetsOf<K> = K extends Kind<any, any, infer F, any, any> ? F : never;
// biome-ignore lint/suspicious/noExplicitAny: as above.
export type FacetNames<K> = K extends Kind<any, any, infer F, any, any> ? keyof F & string : never;
/** Every event that may trigger a control of this kind: its own, and those of the kinds it is reached through. */
// biome-ignore lint/suspicious/noExplicitAny: as above.
export type EventsOf<K> = K extends Kind<any, any, any, infer E, infer F> ? E | F : never;

/**
 * A resource as read, as a control sees it: the fields of the base read, and under `facets` those it asked for. `at`
 * says which resource it is; `usedBy` who links to it.
 */
export type SubjectOf<K, Needs extends string = string> =
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  K extends Kind<infer N, infer B, infer F, any, any>
    ? B & { kind: N; at: Resource; partition: string; usedBy: readonly Use[]; facets: Pick<F, Needs & keyof F> }
    : never;

/** Infers name and events; the base's and facets' types are given: `defineKind<Cluster, { … }>()({ … })`. */
export const defineKind =
  // biome-ignore lint/complexity/noBannedTypes: no facets is `{}`, whose keys are none; Record<string, never> has every key.
    <Base, Facets extends Record<string, unknown> = {}>() =>
    <const Name extends KindName, const Event extends string, const Far extends string = never>(
      kind: Kind<Name, Base, Facets, Event, Far>,
    ): Kind<Name, Base, Facets, Event, Far> =>
      kind;
