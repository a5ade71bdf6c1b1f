import type { AwsBatch } from '../aws/world.ts';
import type { Cause } from '../changes/change.ts';
import { DETAIL_TYPES, envelopeOf } from '../changes/envelope.ts';
import { locate } from '../changes/locate.ts';
import type { AnyControl } from '../controls/define-control.ts';
import type { ResourceState } from '../findings/finding.ts';
import type { Scope } from '../findings/swept.ts';
import { KINDS, kindOf } from '../resources/kinds.ts';
import { keyOf, type Resource } from '../resources/resource.ts';
import { MINUTE } from '../runtime/clock.ts';
import { jsonOf } from '../runtime/json-of.ts';
import { MOST_LOOKUPS } from './bounds.ts';

/** What is looked for in CloudTrail's event history: the change that a finding came from and no event told of. */
export interface Sought {
  control: Pick<AnyControl, 'triggers'>;
  state: ResourceState;
  /** When it was last seen in order (ms): the change is younger. */
  seenAt: number;
}

/** Between these the history is read (ms): the same for all that a sweep of a scope asks, so that they share their calls. */
export interface Window {
  from: number;
  to: number;
}

/** Reads lag writes: a look may have missed what was changed just before it. */
const LAG = 2 * MINUTE;
/** Events that AWS has no API call for are not in its history. */
const NATIVE: ReadonlySet<string> = new Set(Object.values(DETAIL_TYPES).filter((name) => name !== null));

/**
 * Who made the change, by CloudTrail's event history in the account and region itself: only an event that touches this
 * very resource, or one that it links to, counts. Undefined where there is none, where several people made some, or where
 * the history cannot be read: then it is not known, and not guessed.
 */
export async function whoDid(
  batch: AwsBatch,
  { account, region }: Scope,
  sought: Sought,
  window: Window,
): Promise<Cause | undefined> {
  const { state, control, seenAt } = sought;
  const reader = batch.reader(account, region);
  const found: Cause[] = [];
  for (const name of eventNames(control, state)) {
    const read = await reader.read('cloudtrail:LookupEvents', {
      LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: name }],
      StartTime: new Date(window.from),
      EndTime: new Date(window.to),
      MaxResults: 50,
    });
    if (read.outcome !== 'found') return undefined;
    const records = (read.value.Events ?? []).map(({ CloudTrailEvent }) => CloudTrailEvent ?? '');
    found.push(...records.flatMap((record) => causeIn(record, state, window.to) ?? []));
  }
  const since = found.filter(({ time }) => time >= seenAt - LAG).sort((one, other) => other.time - one.time);
  const [newest] = since;
  const people = new Set(since.map(({ actor }) => actor.person ?? actor.principal));
  return newest !== undefined && people.size === 1 ? { ...newest, late: true } : undefined;
}

/** API calls among the control's triggers and what creates the resource, without their service. */
function eventNames({ triggers }: Sought['control'], { kind }: Resource): string[] {
  const all: readonly string[] = [...triggers, ...kindOf(kind).lifecycle.created];
  const calls = all.filter((event) => !NATIVE.has(event));
  return [...new Set(calls.map((event) => event.slice(event.indexOf(':') + 1)))].sort().slice(0, MOST_LOOKUPS);
}

function causeIn(record: string, state: ResourceState, now: number): Cause | undefined {
  const located = locate(envelopeOf(jsonOf(record)), { kinds: KINDS, receivedAt: now });
  if ('ignored' in located) return undefined;
  const ours = new Set([keyOf(state), ...state.links.map(({ to }) => keyOf(to))]);
  const touches = located.touches.some(({ id, ...where }) => id !== undefined && ours.has(keyOf({ ...where, id })));
  return touches ? located.cause : undefined;
}
