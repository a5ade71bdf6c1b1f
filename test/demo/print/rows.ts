import { counted } from '../../../shared/cli/terminal.ts';
import { SEVERITIES, type Severity } from '../../../shared/controls/define-control.ts';
import type { ClosedBecause, Transition } from '../../../shared/findings/finding.ts';
import type { Entry, EntryOf, EventEntry, LookEntry } from '../chronicle/entry.ts';
import { CLOSED, clock, isTrouble, reads, span, thing, WAITS, where, whoDid } from './words.ts';

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
  const { calls, transitions, unread, gone, resource } = look;
  return [
    ...readRows(look),
    ...openingRows(transitions.filter(({ from, to }) => to === 'open' && from !== 'open')),
    ...transitions.filter(({ to }) => to !== 'open' && to !== 'closed').flatMap(changeRow),
    ...closingRows(transitions.filter(({ to }) => to === 'closed')),
    ...unread.map(({ control, missing }): Row => {
      const why = missing === undefined ? '' : `; ${missing} is denied`;
      return { word: 'unread', tone: 'warn', text: `${thing(resource)}: ${control} stays as it was${why}` };
    }),
    ...(gone !== undefined && transitions.length === 0 && calls.length > 0 ? [goneRow(look, gone)] : []),
  ];
}

/** What was asked, and what came of it where no row below says so. */
function readRows({ calls, later, transitions, unread, gone, state }: LookEntry): Row[] {
  if (calls.length === 0) return [];
  const said = reads(calls, later !== undefined);
  const textTone = calls.some(({ outcome }) => isTrouble(outcome)) ? 'warn' : 'dim';
  if (later !== undefined) {
    const text = `${said} → ${WAITS[later.why] ?? later.why}, again at ${clock(later.due)}`;
    return [{ word: 'read', tone: 'dim', text, textTone, most: 2 }];
  }
  const judged = counted(Object.keys(state?.findings ?? {}).length, 'control');
  const news = transitions.length > 0 || unread.length > 0 || gone !== undefined;
  return [
    { word: 'read', tone: 'dim', text: news ? said : `${said} → ${judged} judged, nothing new`, textTone, most: 3 },
  ];
}

function goneRow({ resource }: LookEntry, because: ClosedBecause): Row {
  return { word: 'gone', tone: 'dim', text: `${thing(resource)}: ${CLOSED[because]}`, textTone: 'dim' };
}

/** Up to three in full, more of them in brief below one another; the worst first. */
function openingRows(openings: readonly Transition[]): Row[] {
  const sorted = [...openings].sort(
    (a, b) => SEVERITIES.indexOf(a.finding.severity) - SEVERITIES.indexOf(b.finding.severity),
  );
  return sorted.flatMap(({ control, resource, finding }, index): Row[] => {
    const { severity, said, before, shows } = finding;
    const text = said.map((each) => each.text).join(' ');
    const what = index === 0 || sorted.length <= 3 ? `${thing(resource)}: ` : '';
    const change = before !== undefined && shows !== undefined ? `, before: ${before}` : '';
    return [
      { word: severity.toUpperCase(), tone: severity, text: `${what}${text}`, most: 3 },
      ...(sorted.length > 3
        ? []
        : [{ word: '', tone: 'dim' as const, text: `${control}${change}`, textTone: 'dim' as const }]),
    ];
  });
}

function changeRow({ control, resource, to, finding }: Transition): Row[] {
  const what = thing(resource);
  if (to === 'fixing') return [{ word: 'fixing', tone: 'plain', text: `${what}: ${control}` }];
  if (to === 'waived')
    return [{ word: 'waived', tone: 'dim', text: `${what}: ${control}: ${finding.waiver?.reason ?? ''}` }];
  const missing = finding.unread?.missing;
  const why = missing === undefined ? (finding.unread?.why ?? 'it could not be read') : `${missing} is denied`;
  return [{ word: 'UNKNOWN', tone: 'warn', text: `${what}: ${control} may hold or not: ${why}`, most: 2 }];
}

/** Many that end for one reason are one row. */
function closingRows(closings: readonly Transition[]): Row[] {
  const groups = Map.groupBy(closings, ({ from, finding: { closedBecause = 'passes' } }) =>
    from === 'fixing' && closedBecause === 'passes' ? 'proven' : closedBecause,
  );
  return [...groups].flatMap(([because, [first, ...more]]): Row[] => {
    if (first === undefined) return [];
    const what = thing(first.resource);
    if (because === 'proven')
      return [{ word: 'FIXED', tone: 'good', text: `${what}: ${first.control}, proven by a later look`, most: 2 }];
    const which =
      more.length === 0
        ? first.control
        : more.length < 2
          ? `${first.control}, ${more[0]?.control}`
          : `${more.length + 1} findings end`;
    return [{ word: 'closed', tone: 'good', text: `${what}: ${which}: ${CLOSED[because]}`, most: 2 }];
  });
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
