import { CHANNEL_WORDS } from '../changes/channel-words.ts';
import type { NoticeCause } from './notice.ts';
import { utc } from './time.ts';
import type { Line } from './wording.ts';

/** Who made the change, with what, from where and when; without an event, that a look found it. */
export function who(cause: NoticeCause | undefined): Line[] {
  if (cause === undefined) return [{ label: 'Changed by', text: 'not known: found by a look without an event' }];
  const { actor, event, time, eventId } = cause;
  return [
    { label: 'Changed by', text: byWhom(actor) },
    { label: 'With', text: `${CHANNEL_WORDS[actor.channel]} (${event})` },
    { label: 'From', text: `${actor.address ?? 'an unknown address'}, ${mfaWords(actor.mfa)}` },
    { label: 'When', text: utc(time) },
    { label: 'Event', text: eventId },
  ];
}

/** The human first where the event names one; what is only likely says so. */
export function byWhom({ person, principal, role, confidence }: NoticeCause['actor']): string {
  if (person === undefined) return principal;
  const likely = confidence === 'certain' ? '' : ' (likely)';
  return `${person}${likely}, as ${role ?? principal}`;
}

function mfaWords(mfa: boolean | undefined): string {
  if (mfa === undefined) return 'MFA unknown';
  return mfa ? 'with MFA' : 'without MFA';
}
