import type { Severity } from '../../../shared/controls/define-control.ts';
import type { Transition } from '../../../shared/findings/finding.ts';
import type { Entry, EntryOf, EventEntry, LookEntry } from '../chronicle/entry.ts';
import { CLOSED, clock, reads, span, thing, WAITS, where, whoDid } from './words.ts';

export type Tone = 'plain' | 'dim' | 'bold' | 'good' | 'bad' | 'warn' | 'event' | Severity;

/** One part of the timeline: a short word in its column, and text beside it that may take several lines. */
export interface Row {
  word: string;
  tone: Tone;
  text: string;
  /** Of the text; as `plain` where left out. */
  textTone?: Tone;
  /** Most lines. */
  most?: number;
}

export interface Home {
  account: string;
  region: string;
}

/** What the timeline shows of an entry; nothing for what is only counted. */
export function rowsOf(entry: Entry, home: Home): Row[] {
  switch (entry.what) {
    case 'scene':
      return [];
    case 'event':
      return eventRows(entry, home);
    case 'look':
      return lookRows(entry);
    case 'notice':
      return noticeRows(entry);
    case 'slack': {
      const { status, body } = entry.post;
      if (status === 200) return [{ word: 'slack', tone: 'dim', text: String(body.text), textTone: 'dim', most: 1 }];
      return [{ word: 'slack', tone: 'warn', text: `answered ${status || 'nothing'}: posted again later` }];
    }
    case 'fix':
      return [fixRow(entry)];
    case 'trouble':
      return [{ word: 'trouble', tone: 'bad', text: entry.text }];
  }
}

function eventRows(entry: EntryOf<'event'>, home: Home): Row[] {
  const { event, copies, ignored, at } = entry;
  const times = copies > 1 ? `, delivered ${copies} times` : '';
  const late = at - entry.time >= 5_000 ? `, ${span(at - entry.time)} late` : '';
  return [
    { word: 'event', tone: 'event', text: `${event}${where(entry, home)}${times}${late}`, textTone: 'bold', most: 2 },
    { word: '', tone: 'dim', text: whose(entry), textTone: 'dim', most: 2 },
    ...(ignored === undefined ? [] : [{ word: 'ignored', tone: 'dim' as const, text: `${ignored}: nothing is read` }]),
  ];
}

function whose({ own, actor }: EventEntry): string {
  return own ? 'our own fix comes back as an event: looked at, never a reason to fix' : `by ${whoDid(actor)}`;
}

function lookRows(look: LookEntry): Row[] {
  const { calls, later, transitions, unread, gone, resource } = look;
  const outcome =
    later === undefined ? judgedText(look) : `${WAITS[later.why] ?? later.why}, again at ${clock(later.due)}`;
  const said = reads(calls, later !== undefined);
  const denied = calls.some(({ outcome: end }) => end !== 'done');
  return [
    ...(said === ''
      ? []
      : [
          {
            word: 'read',
            tone: 'dim' as const,
            text: `${said} → ${outcome}`,
            textTone: denied ? ('warn' as const) : ('dim' as const),
            most: 3,
          },
        ]),
    ...transitions.flatMap(transitionRows),
    ...unread.map(
      ({ control, missing }): Row => ({
        word: 'unread',
        tone: 'warn',
        text: `${thing(resource)}: ${control} stays as it was${missing ? `; ${missing} is denied` : ''}`,
      }),
    ),
    ...(gone === undefined || transitions.length > 0
      ? []
      : [{ word: 'gone', tone: 'dim' as const, text: `${thing(resource)}: ${CLOSED[gone]}` }]),
  ];
}

function judgedText({ state, resource }: LookEntry): string {
  if (state === undefined) return 'nothing new';
  const findings = Object.values(state.findings);
  const bad = findings.filter((finding) => finding.state !== 'closed').length;
  return `${thing(resource)}: ${findings.length} controls judged, ${bad === 0 ? 'all in order' : `${bad} not in order`}`;
}

function transitionRows({ control, resource, from, to, finding }: Transition): Row[] {
  const what = thing(resource);
  if (to === 'open' && from !== 'open') {
    const { severity, said, before, shows } = finding;
    const change = before !== undefined && shows !== undefined ? ` (was ${before})` : '';
    const text = `${what}: ${said.map((each) => each.text).join(' ')}${change}`;
    return [
      { word: severity.toUpperCase(), tone: severity, text, most: 3 },
      { word: '', tone: 'dim', text: control, textTone: 'dim' },
    ];
  }
  if (to === 'unsure') {
    const missing = finding.unread?.missing;
    const why = missing === undefined ? (finding.unread?.why ?? 'it could not be read') : `${missing} is denied`;
    return [{ word: 'UNKNOWN', tone: 'warn', text: `${what}: ${control} is not known to hold: ${why}`, most: 2 }];
  }
  if (to === 'fixing') return [{ word: 'fixing', tone: 'plain', text: `${what}: ${control}` }];
  if (to === 'waived')
    return [{ word: 'waived', tone: 'dim', text: `${what}: ${control}: ${finding.waiver?.reason ?? ''}` }];
  if (to !== 'closed') return [];
  const proven = from === 'fixing' && finding.closedBecause === 'passes';
  const text = proven
    ? `${what}: ${control} passes: the fix is proven by a later look`
    : `${what}: ${control}: ${CLOSED[finding.closedBecause ?? 'passes']}`;
  return [{ word: proven ? 'FIXED' : 'closed', tone: 'good', text, most: 2 }];
}

const SUBSCRIBERS: Readonly<Record<string, string>> = {
  email: 'e-mail',
  slack: 'Slack',
  chat: 'chat',
  fixes: 'the fixer',
};

function noticeRows({ notice, to }: EntryOf<'notice'>): Row[] {
  const [only, ...more] = notice.news;
  const plans = more.length === 0 && only?.to === 'open' && only.mode !== 'remediate' ? (only.plan ?? []) : [];
  const names = to.map((name) => SUBSCRIBERS[name] ?? name).sort();
  return [
    { word: 'told', tone: 'dim', text: names.length === 0 ? 'nobody at once' : names.join(', '), textTone: 'dim' },
    ...plans.map(
      (call): Row => ({
        word: 'would',
        tone: 'plain',
        text: `${call} – shown, not run: the mode is ${only?.mode}`,
        most: 4,
      }),
    ),
  ];
}

function fixRow(fix: EntryOf<'fix'>): Row {
  switch (fix.step) {
    case 'planned':
      return { word: 'plan', tone: 'plain', text: fix.calls.join('; '), most: 3 };
    case 'called':
      return {
        word: 'call',
        tone: 'bold',
        text: `${fix.call.action}: ${fix.call.outcome === 'done' ? 'accepted' : fix.call.outcome}`,
      };
    case 'followed':
      return { word: '', tone: 'dim', text: `its update ${fix.updateId} is followed`, textTone: 'dim' };
    case 'held':
      return { word: 'held', tone: 'warn', text: `${fix.control}: ${fix.why}`, most: 2 };
    case 'ended':
      return { word: 'fix', tone: 'dim', text: 'its update has ended; a look is asked for', textTone: 'dim' };
    case 'failed':
      return { word: 'failed', tone: 'bad', text: `${fix.control}: ${fix.why}`, most: 2 };
  }
}
