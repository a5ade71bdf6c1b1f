import type { Recheck } from '../../../shared/changes/change.ts';
import type { ResourceState } from '../../../shared/findings/finding.ts';
import { statesOf, transitions } from '../../../shared/notices/transitions.ts';
import { keyOf } from '../../../shared/resources/resource.ts';
import type { Run } from './chronicle.ts';
import type { Call, Entry, LookEntry } from './entry.ts';

const WAITING: readonly Recheck['why'][] = ['unsettled', 'unavailable', 'not-visible'];

interface Written {
  before: ResourceState | undefined;
  after: ResourceState;
}

/** What each resource of a batch of evaluate-resource came to. Reads are shared by a batch: the first resource is said to have made them. */
export function looksOf(run: Run): Entry[] {
  const { Records } = run.event as { Records: readonly { body: string }[] };
  const rechecks = new Map<string, Recheck>();
  for (const { body } of Records) {
    const recheck = JSON.parse(body) as Recheck;
    const key = keyOf(recheck.sighting?.resource ?? recheck.resource);
    if (!rechecks.has(key)) rechecks.set(key, recheck);
  }
  const written = writtenIn(run);
  const reading = [...rechecks].find(([, { sighting }]) => sighting === undefined)?.[0];
  const calls = grouped(run.calls);
  return [...rechecks].flatMap(([key, recheck]): Entry[] => {
    const writes = written.get(key) ?? [];
    const made = key === reading ? calls : [];
    return writes.length === 0 && made.length === 0 ? [] : [lookOf(run.at, recheck, writes, made)];
  });
}

function lookOf(at: number, recheck: Recheck, writes: readonly Written[], calls: readonly Call[]): Entry & LookEntry {
  const last = writes.at(-1);
  const pending = last?.after.look;
  const waits = pending !== undefined && WAITING.includes(pending.why) && last?.before?.look?.due !== pending.due;
  const gone = last?.after.gone;
  return {
    at,
    what: 'look',
    why: recheck.why,
    resource: recheck.sighting?.resource ?? recheck.resource,
    calls,
    state: last?.after,
    transitions: writes.flatMap(({ before, after }) => transitions(before, after)),
    unread: writes.flatMap(newlyUnread),
    ...(waits && { later: { why: pending.why, due: pending.due } }),
    ...(gone !== undefined && last?.before?.gone === undefined && { gone }),
  };
}

/** The writes of resources' items, in their order. */
export function writtenIn({ steps }: Pick<Run, 'steps'>): Map<string, Written[]> {
  const written = new Map<string, Written[]>();
  for (const step of steps) {
    const states = step.step === 'record' ? statesOf(step.record) : undefined;
    if (states?.after === undefined) continue;
    const { pk } = states.after;
    written.set(pk, [...(written.get(pk) ?? []), { before: states.before, after: states.after }]);
  }
  return written;
}

function newlyUnread({ before, after }: Written): LookEntry['unread'] {
  return Object.entries(after.findings).flatMap(([control, { state, unreadSince, unread }]) => {
    const was = before?.findings[control];
    if (unreadSince === undefined || was?.unreadSince !== undefined || was?.state !== state) return [];
    return [{ control, why: unread?.why ?? '', ...(unread?.missing !== undefined && { missing: unread.missing }) }];
  });
}

export function grouped(calls: readonly Call[]): Call[] {
  const groups = Map.groupBy(calls, ({ action, outcome }) => `${action} ${outcome}`);
  return [...groups.values()].flatMap(([first, ...more]) => (first ? [{ ...first, times: 1 + more.length }] : []));
}

export function isRead(action: string): boolean {
  return /^[a-z0-9]+:(?:Describe|List|Get|BatchGet)/.test(action);
}
