import type { ResourceState } from '../../findings/finding.ts';
import type { Fix } from '../../remediation/fix.ts';
import type { Resource } from '../../resources/resource.ts';

export const STATUSES = ['running', 'held', 'undoing', 'failed', 'ended', 'undone'] as const;

/** A fix, or a finding whose fix a guard holds, as the command tells it. */
export interface FixLine {
  fix: string;
  status: (typeof STATUSES)[number];
  control: string;
  resource: Resource;
  clusters: readonly string[];
  /** When it started, or since when its finding has been open (ms). */
  at: number;
  /** Which guard holds it, why it failed, who undid it. */
  why: string;
  /** The actions that it calls. */
  calls: readonly string[];
}

/** Fixes with their undoing, and the findings whose fix is held; the newest first. Pure. */
export function linesOf(fixes: readonly Fix[], states: readonly ResourceState[]): FixLine[] {
  const undoings = new Map(fixes.flatMap((fix) => (fix.undoes === undefined ? [] : [[fix.undoes, fix] as const])));
  const begun = fixes.filter(({ undoes }) => undoes === undefined).map((fix) => fixLine(fix, undoings.get(fix.id)));
  return [...begun, ...states.flatMap(heldIn)].sort((a, b) => b.at - a.at || (a.fix < b.fix ? -1 : 1));
}

function fixLine(fix: Fix, undoing: Fix | undefined): FixLine {
  const { id, control, resource, clusters, startedAt, steps } = fix;
  return {
    fix: id,
    status: statusOf(fix, undoing),
    control,
    resource,
    clusters,
    at: startedAt,
    why: whyOf(fix, undoing),
    calls: steps.map(({ action }) => action),
  };
}

function statusOf({ status }: Fix, undoing: Fix | undefined): FixLine['status'] {
  if (undoing?.status === 'ended') return 'undone';
  if (undoing?.status === 'prepared' || undoing?.status === 'called') return 'undoing';
  return status === 'prepared' || status === 'called' ? 'running' : status;
}

function whyOf({ why = '', refusedUndo }: Fix, undoing: Fix | undefined): string {
  if (undoing?.status === 'failed') return `Its undoing failed: ${undoing.why ?? ''}`;
  if (undoing !== undefined) return `Undoing was asked for by ${undoing.by ?? 'somebody'}.`;
  return refusedUndo === undefined ? why : `Its undoing was refused: ${refusedUndo.why}`;
}

/** The finding itself says that its fix is held, for as long as it is. */
function heldIn({ kind, id, account, region, clusters, findings }: ResourceState): FixLine[] {
  return Object.entries(findings).flatMap(([control, { state, since, fix, plan = [] }]): FixLine[] => {
    if (state !== 'open' || fix?.status !== 'held') return [];
    const calls = plan.map((call) => call.split(' ')[0] ?? '');
    const resource = { kind, id, account, region };
    return [{ fix: fix.id, status: 'held', control, resource, clusters, at: since, why: fix.why ?? '', calls }];
  });
}
