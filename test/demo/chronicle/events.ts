import { actorOf } from '../../../shared/changes/actor.ts';
import { IGNORED_REASONS, type Recheck } from '../../../shared/changes/change.ts';
import { type Parsed, parseEnvelope } from '../../../shared/changes/envelope.ts';
import { object, text } from '../../../shared/resources/json.ts';
import { keyOf, type Resource } from '../../../shared/resources/resource.ts';
import type { Run } from './chronicle.ts';
import type { Entry, EventEntry } from './entry.ts';

interface Record {
  body: string;
}

/** Each event of a batch of locate-change once, with what it sent to be read again. */
export function eventsOf(run: Run, fixRole: string): Entry[] {
  const { Records } = run.event as { Records: readonly Record[] };
  const copies = Map.groupBy(Records, ({ body }) => parseEnvelopeOf(body).eventId);
  const rechecks = run.steps.flatMap((step) =>
    step.step === 'message' && step.queue === 'rechecks' ? [recheckOf(step.body)] : [],
  );
  const reasons = reasonsIn(run);
  return [...copies].map(([eventId, records]): Entry => {
    const sent = rechecks.filter(({ cause }) => cause?.eventId === eventId);
    const reread = sent.filter(({ sighting }) => sighting === undefined);
    const resources = new Map(reread.map(({ resource }): [string, Resource] => [keyOf(resource), resource]));
    return {
      at: run.at,
      ...told(records[0]?.body, fixRole),
      ...(sent[0]?.cause && { actor: sent[0].cause.actor }),
      copies: records.length,
      resources: [...resources.values()],
      ...(sent.length === 0 && { ignored: reasons.join(' or ') || 'no reason given' }),
    };
  });
}

/** An event that no rule's pattern fits: it never reaches us. */
export function dropped(at: number, event: unknown, fixRole: string): Entry {
  const what = text(object(event, 'detail'), 'errorCode') === undefined ? 'it' : 'a failed call';
  return { at, ...told(JSON.stringify(event), fixRole), copies: 1, resources: [], ignored: `no rule takes ${what}` };
}

function told(
  body = '{}',
  fixRole: string,
): Pick<EventEntry, 'what' | 'event' | 'eventId' | 'time' | 'account' | 'region' | 'actor' | 'own'> {
  const json: unknown = JSON.parse(body);
  const detail = object(json, 'detail');
  const actor = actorOf(detail);
  const { event, eventId } = parseEnvelopeOf(body);
  return {
    what: 'event',
    event,
    eventId,
    time: Date.parse(text(detail, 'eventTime') ?? text(json, 'time') ?? ''),
    account: text(json, 'account') ?? '',
    region: text(json, 'region') ?? '',
    actor,
    own: actor.role === fixRole,
  };
}

function parseEnvelopeOf(body: string): { event: string; eventId: string } {
  const parsed: Parsed = parseEnvelope(body);
  return 'envelope' in parsed ? parsed.envelope : parsed;
}

function recheckOf(body: string): Recheck {
  return JSON.parse(body) as Recheck;
}

/** Why events were ignored, as the function counted it: a line of its log for each. */
function reasonsIn({ steps }: Run): string[] {
  const reasons = steps.flatMap((step) => {
    if (step.step !== 'log' || !step.line.includes('"reason"')) return [];
    const { reason } = JSON.parse(step.line) as { reason?: unknown };
    return IGNORED_REASONS.filter((known) => known === reason);
  });
  return [...new Set(reasons)];
}
