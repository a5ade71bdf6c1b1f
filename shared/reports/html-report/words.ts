import type { Cause } from '../../changes/change.ts';
import { CHANNEL_WORDS } from '../../changes/channel-words.ts';
import { kindOf } from '../../resources/kinds.ts';
import type { Resource } from '../../resources/resource.ts';
import type { ReportedVerdict } from '../report.ts';
import { isoOf } from '../times.ts';

export const VERDICT_WORDS: Readonly<Record<ReportedVerdict, string>> = {
  fail: 'failing',
  unknown: 'unknown',
  waived: 'waived',
  pass: 'in order',
  'not-applicable': 'not applicable',
};

/** Who made a change in this account, with what and from where, in a line. */
export function whoOf({ event, actor }: Cause, account: string): string {
  const { person, confidence, role, principal, channel, address } = actor;
  const likely = confidence === 'certain' ? '' : ' (likely)';
  const by =
    person === undefined ? nameOf(principal, account) : `${person}${likely} as ${nameOf(role ?? principal, account)}`;
  return `${by}: ${event} with ${CHANNEL_WORDS[channel]}${address === undefined ? '' : ` from ${address}`}`;
}

/** `role/Admin` for its ARN, with its account where that is another; a name that is none stays as it is. */
function nameOf(principal: string, here: string): string {
  const [, account, name] = /^arn:[^:]*:(?:iam|sts)::(\d{12}):(.+)$/s.exec(principal) ?? [];
  if (name === undefined) return principal;
  return account === here ? name : `${name} of ${account}`;
}

/** `EKS cluster payments`. */
export function calledOf({ kind, id }: Resource): string {
  return `${kindOf(kind).called} ${id}`;
}

/** `2026-11-20 09:00`: the page says once that all times are UTC. */
export function minuteOf(milliseconds: number): string {
  return isoOf(milliseconds).slice(0, 16).replace('T', ' ');
}

/** `5,000`. */
export function grouping(value: number): string {
  return value.toLocaleString('en');
}

/** `1 finding`, `5,000 findings`. */
export function some(value: number, one: string, many = `${one}s`): string {
  return `${grouping(value)} ${value === 1 ? one : many}`;
}

/** Long texts are cut, and say so: `explain` shows them whole. */
export function clipped(text: string, most = 400): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most)} … (${grouping(text.length - most)} more characters)`;
}

/** At most so many of them, and how many more there are. */
export function listed(texts: readonly string[], most = 12): string[] {
  const shown = texts.slice(0, most).map((text) => clipped(text));
  return texts.length > most ? [...shown, `${grouping(texts.length - most)} more`] : shown;
}
