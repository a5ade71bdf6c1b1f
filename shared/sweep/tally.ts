import type { Rule } from '../baseline/baseline.ts';
import { SEVERITIES, type Severity } from '../controls/define-control.ts';
import type { Finding, ResourceState } from '../findings/finding.ts';
import { keyOf, type Resource } from '../resources/resource.ts';
import { MOST_NAMED } from './bounds.ts';

/** How a control stands: `unread` could not be judged anew, whatever it was before. */
export type Standing = 'passes' | 'open' | 'unsure' | 'fixing' | 'waived' | 'unread';

/** One of the worst findings, as a summary names it. */
export interface Named {
  resource: Resource;
  clusters: readonly string[];
  control: string;
  severity: Severity;
  text: string;
}

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
  inventory: { resources: 0, severities: {}, worst: [] },
};

/** Counts the findings of one resource after its look. `began` is when the sweep of its kind began. Pure. */
export function counted(
  tally: Tally,
  state: ResourceState,
  { rules, began, inventory }: { rules: readonly Rule[]; began: number; inventory: boolean },
): Tally {
  const found = Object.entries(state.findings);
  const told = new Set(rules.flatMap(({ control, mode }) => (mode === 'observe' ? [] : [control.id])));
  const open = found.filter(([control, { state: now }]) => now === 'open' && told.has(control));
  const fresh = found.filter(([, { since, cause }]) => since >= began && cause === undefined);
  const opened = fresh.filter(([, { state: now }]) => now === 'open').length;
  return {
    resources: tally.resources + (state.gone ? 0 : 1),
    controls: found.reduce((all, [control, finding]) => standing(all, control, finding), tally.controls),
    severities: open.reduce((all, [, { severity }]) => plus(all, severity), tally.severities),
    missing: found.reduce((all, [, { unread }]) => (unread?.missing ? plus(all, unread.missing) : all), tally.missing),
    opened: tally.opened + opened,
    closed: tally.closed + fresh.filter(([, each]) => each.state === 'closed' && each.firstSeen !== undefined).length,
    missed: tally.missed + (inventory ? 0 : opened),
    inventory: inventory ? inventoried(tally.inventory, state, open) : tally.inventory,
  };
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

function named({ kind, id, account, region, clusters }: ResourceState, control: string, finding: Finding): Named {
  const text = finding.said[0]?.text ?? '';
  return {
    resource: { kind, id, account, region },
    clusters: clusters.slice(0, 3),
    control,
    severity: finding.severity,
    text: text.slice(0, 300),
  };
}

function worstOf(all: readonly Named[]): Named[] {
  const rank = ({ severity, resource, control }: Named) =>
    `${SEVERITIES.indexOf(severity)} ${keyOf(resource)} ${control}`;
  return [...all].sort((a, b) => (rank(a) < rank(b) ? -1 : 1)).slice(0, MOST_NAMED);
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
