import type { Rule } from '../baseline/baseline.ts';
import type { Severity } from '../controls/define-control.ts';
import type { Finding, ResourceState } from '../findings/finding.ts';
import { type Before, isByLook, isMissed } from './missed.ts';
import { type Named, named, worstOf } from './named.ts';

/** How a control stands: `unread` could not be judged anew, whatever it was before. */
export type Standing = 'passes' | 'open' | 'unsure' | 'fixing' | 'waived' | 'unread';

/** What a sweep has counted so far. */
export interface Tally {
  resources: number;
  controls: Readonly<Record<string, Readonly<Partial<Record<Standing, number>>>>>;
  /** Open ones of which people are told. */
  severities: Readonly<Partial<Record<Severity, number>>>;
  /** Permissions that were missing, each with how many findings it left unknown. */
  missing: Readonly<Record<string, number>>;
  /** What this sweep changed and no event had told of. */
  opened: number;
  closed: number;
  /** Opened ones that an event should have told of: not those of an inventory. */
  missed: number;
  /** The worst of them. */
  missedOnes: readonly Named[];
  /** What came to its end since the last sweep, by event or not, and the worst of it. */
  resolved: number;
  resolvedOnes: readonly Named[];
  /** What was looked at for the first time: it is told in a summary. */
  inventory: Inventory;
}

export interface Inventory {
  resources: number;
  severities: Tally['severities'];
  worst: readonly Named[];
}

export const NOTHING: Tally = {
  resources: 0,
  controls: {},
  severities: {},
  missing: {},
  opened: 0,
  closed: 0,
  missed: 0,
  missedOnes: [],
  resolved: 0,
  resolvedOnes: [],
  inventory: { resources: 0, severities: {}, worst: [] },
};

export interface Counting {
  rules: readonly Rule[];
  /** When the sweep of its scope began. */
  began: number;
  inventory: boolean;
  /** What was known before; without it everything that opened counts as missed. */
  before?: Before;
  /** When the last sweep of the scope began and ended. */
  last?: { started: number; ended: number };
}

/** Counts the findings of one resource after its look. Pure. */
export function counted(tally: Tally, state: ResourceState, counting: Counting): Tally {
  const { rules, began, inventory, last } = counting;
  const found = Object.entries(state.findings);
  const told = new Set(rules.flatMap(({ control, mode }) => (mode === 'observe' ? [] : [control.id])));
  const open = found.filter(([control, { state: now }]) => now === 'open' && told.has(control));
  const fresh = found.filter(([, finding]) => finding.since >= began && isByLook(finding));
  const opened = fresh.filter(([, { state: now }]) => now === 'open').length;
  const missed = missedIn(state, counting);
  const over = last === undefined ? [] : found.filter(([, finding]) => isOver(finding, last));
  const names = (some: readonly (readonly [string, Finding])[]) =>
    some.map(([control, finding]) => named(state, control, finding));
  return {
    resources: tally.resources + (state.gone ? 0 : 1),
    controls: found.reduce((all, [control, finding]) => standing(all, control, finding), tally.controls),
    severities: open.reduce((all, [, { severity }]) => plus(all, severity), tally.severities),
    missing: found.reduce((all, [, { unread }]) => (unread?.missing ? plus(all, unread.missing) : all), tally.missing),
    opened: tally.opened + opened,
    closed: tally.closed + fresh.filter(([, each]) => each.state === 'closed' && each.firstSeen !== undefined).length,
    missed: tally.missed + missed.length,
    missedOnes: worstOf([...tally.missedOnes, ...names(missed)]),
    resolved: tally.resolved + over.length,
    resolvedOnes: worstOf([...tally.resolvedOnes, ...names(over)]),
    inventory: inventory ? inventoried(tally.inventory, state, open) : tally.inventory,
  };
}

/** The findings of a resource that an event should have told of. Pure. */
export function missedIn(
  state: ResourceState,
  { began, inventory, before }: Pick<Counting, 'began' | 'inventory' | 'before'>,
): (readonly [string, Finding])[] {
  if (inventory) return [];
  return Object.entries(state.findings).filter(
    ([control, finding]) =>
      finding.state === 'open' &&
      finding.since >= began &&
      isByLook(finding) &&
      (before === undefined || isMissed(control, finding, state, before)),
  );
}

/** What an event closed while the last sweep ran may be named twice; what that sweep closed itself is not. */
function isOver(finding: Finding, last: { started: number; ended: number }): boolean {
  const { state, firstSeen, since } = finding;
  return state === 'closed' && firstSeen !== undefined && since >= (isByLook(finding) ? last.ended : last.started);
}

/** Several scopes as one. */
export function together(tallies: readonly Tally[]): Tally {
  return tallies.reduce(
    (all, each) => ({
      resources: all.resources + each.resources,
      controls: bothOf(all.controls, each.controls),
      severities: sum(all.severities, each.severities),
      missing: sum(all.missing, each.missing),
      opened: all.opened + each.opened,
      closed: all.closed + each.closed,
      missed: all.missed + each.missed,
      missedOnes: worstOf([...all.missedOnes, ...(each.missedOnes ?? [])]),
      resolved: all.resolved + (each.resolved ?? 0),
      resolvedOnes: worstOf([...all.resolvedOnes, ...(each.resolvedOnes ?? [])]),
      inventory: {
        resources: all.inventory.resources + each.inventory.resources,
        severities: sum(all.inventory.severities, each.inventory.severities),
        worst: worstOf([...all.inventory.worst, ...each.inventory.worst]),
      },
    }),
    NOTHING,
  );
}

function inventoried(
  { resources, severities, worst }: Inventory,
  state: ResourceState,
  open: readonly (readonly [string, Finding])[],
): Inventory {
  return {
    resources: resources + (state.gone ? 0 : 1),
    severities: open.reduce((all, [, { severity }]) => plus(all, severity), severities),
    worst: worstOf([...worst, ...open.map(([control, finding]) => named(state, control, finding))]),
  };
}

function standing(all: Tally['controls'], control: string, finding: Finding): Tally['controls'] {
  const as = standingOf(finding);
  return as === undefined ? all : { ...all, [control]: plus(all[control] ?? {}, as) };
}

/** Undefined: it does not apply, or is of what is no more. */
function standingOf({ state, closedBecause, unreadSince }: Finding): Standing | undefined {
  if (unreadSince !== undefined && state !== 'unsure') return 'unread';
  if (state !== 'closed') return state;
  return closedBecause === 'passes' ? 'passes' : undefined;
}

function bothOf(one: Tally['controls'], other: Tally['controls']): Tally['controls'] {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Object.fromEntries([...names].map((name) => [name, sum(one[name] ?? {}, other[name] ?? {})]));
}

type Counts = Readonly<Partial<Record<string, number>>>;

function plus<C extends Counts>(counts: C, name: string): C {
  return { ...counts, [name]: (counts[name] ?? 0) + 1 };
}

function sum<C extends Counts>(one: C, other: C): C {
  const both = { ...one } as Record<string, number>;
  for (const [name, count = 0] of Object.entries(other)) both[name] = (both[name] ?? 0) + count;
  return both as unknown as C;
}
