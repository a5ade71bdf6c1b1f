import type { Cause } from '../../../shared/changes/change.ts';
import type { Transition } from '../../../shared/findings/finding.ts';
import type { Moment } from '../../../shared/reports/page.ts';
import { keyOf } from '../../../shared/resources/resource.ts';
import type { Entry, EntryOf, LookEntry } from '../chronicle/entry.ts';
import { CLOSED, reads, whoDid } from '../print/words.ts';

/** How one finding came about: what happened to it, by the key of its resource and its control. */
export function momentsOf(entries: readonly Entry[]): Map<string, Moment[]> {
  const all = new Map<string, Moment[]>();
  const told = new Set<string>();
  const add = (key: string, ...moments: readonly Moment[]) => all.set(key, [...(all.get(key) ?? []), ...moments]);
  for (const entry of entries) {
    if (entry.what === 'look') {
      for (const transition of entry.transitions) {
        const key = findingKey(transition);
        const { cause } = transition.finding;
        if (cause !== undefined && !told.has(`${key} ${cause.eventId}`)) add(key, eventMoment(cause));
        told.add(`${key} ${cause?.eventId}`);
        add(key, stateMoment(entry, transition));
      }
      for (const { control, why } of entry.unread) {
        add(`${keyOf(entry.resource)} ${control}`, {
          at: entry.at,
          what: 'look',
          text: 'It could not be read and stays as it was.',
          detail: why,
          tone: 'unsure',
        });
      }
    }
    if (entry.what === 'notice') {
      for (const { control } of entry.notice.news) add(`${entry.notice.key} ${control}`, ...noticeMoments(entry));
    }
    if (entry.what === 'fix') add(findingKey(entry), fixMoment(entry));
  }
  return all;
}

export function findingKey({ resource, control }: Pick<Transition, 'resource' | 'control'>): string {
  return `${keyOf(resource)} ${control}`;
}

function eventMoment({ time, event, actor, eventId }: Cause): Moment {
  return {
    at: time,
    what: 'event',
    text: `${event} by ${whoDid(actor)}`,
    detail: `${actor.principal} · event ${eventId}`,
  };
}

function stateMoment(
  { at, calls }: Pick<LookEntry, 'calls'> & { at: number },
  { from, to, finding }: Transition,
): Moment {
  const read = calls.length === 0 ? undefined : `read: ${reads(calls)}`;
  const detail = read === undefined ? {} : { detail: read };
  if (to === 'open')
    return {
      at,
      what: 'state',
      text: `Found ${finding.severity}: ${finding.said.map(({ text }) => text).join(' ')}`,
      tone: 'bad',
      ...detail,
    };
  if (to === 'unsure')
    return {
      at,
      what: 'state',
      text: `Not known: ${finding.unread?.why ?? 'it could not be read.'}`,
      tone: 'unsure',
      ...detail,
    };
  if (to === 'closed') {
    const { closedBecause = 'passes' } = finding;
    const proven = from === 'fixing' && closedBecause === 'passes';
    return {
      at,
      what: 'state',
      text: proven ? 'Read again, and it passes: the fix is proven.' : `Closed: ${CLOSED[closedBecause]}.`,
      tone: 'good',
      ...detail,
    };
  }
  return {
    at,
    what: 'state',
    text: to === 'waived' ? `Waived: ${finding.waiver?.reason ?? ''}` : 'Being fixed.',
    ...detail,
  };
}

const NAMES: Readonly<Record<string, string>> = { email: 'e-mail', slack: 'Slack', chat: 'chat' };

function noticeMoments({ at, to }: EntryOf<'notice'>): Moment[] {
  const people = to.flatMap((name) => NAMES[name] ?? []).sort();
  return people.length === 0 ? [] : [{ at, what: 'notice', text: `Told by ${people.join(' and ')}.` }];
}

function fixMoment(fix: EntryOf<'fix'>): Moment {
  const { at } = fix;
  switch (fix.step) {
    case 'planned':
      return {
        at,
        what: 'fix',
        text: 'The fix is planned, and what was there before is kept.',
        detail: fix.calls.join('; '),
      };
    case 'called':
      return {
        at,
        what: 'fix',
        text: `${fix.call.action} was ${fix.call.outcome === 'done' ? 'accepted' : `answered with ${fix.call.outcome}`}.`,
      };
    case 'followed':
      return { at, what: 'fix', text: 'Its update is followed.', detail: fix.updateId };
    case 'ended':
      return { at, what: 'fix', text: 'Its update has ended. That is no proof: a look is asked for.' };
    case 'held':
      return { at, what: 'fix', text: 'The fix is held back.', detail: fix.why, tone: 'unsure' };
    case 'failed':
      return { at, what: 'fix', text: 'The fix failed.', detail: fix.why, tone: 'bad' };
  }
}
