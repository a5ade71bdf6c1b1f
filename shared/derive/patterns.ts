import { DETAIL_TYPES } from '../changes/envelope.ts';
import type { AnyControl } from '../controls/define-control.ts';
import { watchedEvents } from '../controls/watched.ts';

/** EventBridge takes no longer pattern (JSON without white space). */
export const MOST_CHARACTERS = 2048;
/** A collector stands in every account and region; more rules than this were a mistake in the packing. */
export const MOST_RULES = 10;

interface Calls {
  eventSource: readonly string[];
  eventName: readonly string[];
}

export interface EventPattern {
  source: readonly (string | { prefix: string })[];
  'detail-type': readonly string[];
  detail?: { errorCode: readonly { exists: false }[] } & (Calls | { $or: readonly Calls[] });
}

/** One EventBridge rule. The name is short: what installs it puts its own prefix in front. */
export interface EventRule {
  name: string;
  pattern: EventPattern;
}

/** What CloudTrail itself records, without anybody's call, and delivers under another detail-type. */
const SERVICE_EVENTS: ReadonlySet<string> = new Set(['ecr:PolicyExecutionEvent', 'kms:DeleteKey', 'kms:RotateKey']);
const NATIVE: ReadonlyMap<string, string> = new Map(
  Object.entries(DETAIL_TYPES).flatMap(([type, event]) => (event === null ? [] : [[event, type] as const])),
);

const CLOUDTRAIL = [
  { name: 'api-calls', type: 'AWS API Call via CloudTrail' },
  { name: 'service-events', type: 'AWS Service Event via CloudTrail' },
  { name: 'sign-ins', type: 'AWS Console Sign In via CloudTrail' },
] as const;

/**
 * The rules that deliver what these controls want and nothing else: no call that failed, no event of another service
 * that has the same name, and none at all for what nobody asks for.
 */
export function eventPatterns(controls: readonly AnyControl[]): EventRule[] {
  const events = [...watchedEvents(controls)].sort();
  const native = events.filter((event) => NATIVE.has(event));
  const calls = events.filter((event) => !NATIVE.has(event));
  const rules = [
    ...CLOUDTRAIL.flatMap(({ name, type }) => {
      const parts = packed(
        calls.filter((event) => typeOf(event) === type),
        type,
      );
      return parts.map((pattern, at) => ({ name: parts.length > 1 ? `${name}-${at + 1}` : name, pattern }));
    }),
    ...(native.length > 0 ? [{ name: 'native', pattern: nativePattern(native) }] : []),
  ];
  if (rules.length > MOST_RULES) throw new RangeError(`${events.length} events take ${rules.length} rules.`);
  return rules;
}

function typeOf(event: string): (typeof CLOUDTRAIL)[number]['type'] {
  if (event.startsWith('signin:')) return 'AWS Console Sign In via CloudTrail';
  return SERVICE_EVENTS.has(event) ? 'AWS Service Event via CloudTrail' : 'AWS API Call via CloudTrail';
}

/** As few patterns as fit: each takes events in their order until it is full. */
function packed(events: readonly string[], type: string): EventPattern[] {
  const parts: string[][] = [];
  for (const event of events) {
    const last = parts.at(-1);
    if (last && sizeOf(callPattern([...last, event], type)) <= MOST_CHARACTERS) last.push(event);
    else parts.push([event]);
  }
  return parts.map((part) => callPattern(part, type));
}

function sizeOf(pattern: EventPattern): number {
  return JSON.stringify(pattern).length;
}

/** EventBridge takes `$or` for a field's name where it has one branch only. */
function callPattern(events: readonly string[], type: string): EventPattern {
  const services = Map.groupBy(events, (event) => event.slice(0, event.indexOf(':')));
  const branches = [...services].map(([service, named]) => ({
    eventSource: [`${service}.amazonaws.com`],
    eventName: named.map((event) => event.slice(service.length + 1)),
  }));
  const [only, ...more] = branches;
  const errorCode = [{ exists: false }] as const;
  return {
    source: [{ prefix: 'aws.' }],
    'detail-type': [type],
    detail: only && more.length === 0 ? { errorCode, ...only } : { errorCode, $or: branches },
  };
}

/** Each of these detail-types has one source only, so both lists together let through no other pair. */
function nativePattern(events: readonly string[]): EventPattern {
  const services = new Set(events.map((event) => event.slice(0, event.indexOf(':'))));
  return {
    source: [...services].map((service) => `aws.${service}`),
    'detail-type': events.flatMap((event) => NATIVE.get(event) ?? []),
  };
}
