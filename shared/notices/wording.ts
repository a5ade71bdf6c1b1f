import type { ClosedBecause, State } from '../findings/finding.ts';
import { DAY } from '../runtime/clock.ts';
import { counted } from '../runtime/terminal.ts';
import { digestHeadline, digestWords } from './digest-words.ts';
import { doneAboutIt } from './fix-wording.ts';
import { inventoryHeadline, inventoryWords } from './inventory-words.ts';
import type { News, Notice } from './notice.ts';
import { utc } from './time.ts';
import { who } from './who.ts';

/** A labelled value. Raw text, as everything here: each channel escapes it. */
export interface Line {
  label: string;
  text: string;
}

/** A notice in words, before any channel lays it out. */
export interface Words {
  headline: string;
  where: readonly Line[];
  who: readonly Line[];
  news: readonly NewsWords[];
  /** Set where findings were left out of the notice. */
  unlisted?: string;
}

export interface NewsWords {
  title: string;
  /** What is wrong, or that it no longer is: sentences. */
  sentences: readonly string[];
  lines: readonly Line[];
  /** How to accept it instead: lines for `baseline.yml`; empty where there is nothing to accept. */
  waiver: readonly string[];
  /** Empty where there is nothing more to read. */
  page: string;
}

const STATE_WORDS: Record<State, string> = {
  open: 'open',
  unsure: 'not readable',
  fixing: 'being fixed',
  waived: 'waived',
  closed: 'resolved',
};

const CLOSED_WORDS: Record<ClosedBecause, string> = {
  passes: 'It passes now.',
  'not-applicable': 'It no longer applies.',
  deleted: 'The resource was deleted.',
  unused: 'Nothing that is watched uses the resource any more.',
  retired: 'The baseline no longer has this control.',
  quiet: 'It was not seen again.',
};

export function wordsOf(notice: Notice): Words {
  if (notice.inventory) return inventoryWords(notice.inventory);
  if (notice.digest) return digestWords(notice.digest);
  return {
    headline: headline(notice),
    where: where(notice),
    who: notice.test ? [] : who(notice.cause),
    news: notice.news.map((one) => newsWords(one, notice)),
    ...(notice.unlisted === undefined
      ? {}
      : { unlisted: `${counted(notice.unlisted, 'more finding')} changed; see the findings table.` }),
  };
}

/** `CRITICAL: EKS cluster payments: The API endpoint is reachable from 0.0.0.0/0.` */
export function headline(notice: Notice): string {
  const { state, severity, called, resource, news, unlisted = 0, test, inventory, digest } = notice;
  if (inventory) return inventoryHeadline(inventory);
  if (digest) return digestHeadline(digest);
  const [worst] = news;
  const open = `${worst?.reminded === undefined ? '' : 'STILL '}${severity.toUpperCase()}`;
  const lead = test ? 'TEST' : state === 'open' ? open : STATE_WORDS[state].toUpperCase();
  const count = news.length + unlisted;
  const more = count > 1 ? ` (and ${count - 1} more)` : '';
  return `${lead}: ${called} ${resource.id}: ${worst === undefined ? '' : gist(worst)}${more}`;
}

function gist({ to, said, title }: News): string {
  return (to === 'open' ? said[0]?.text : undefined) ?? title;
}

function where({ called, resource, clusters }: Notice): Line[] {
  const lines = [
    { label: 'Where', text: `${called} ${resource.id}` },
    { label: 'Account', text: `${resource.account}, ${resource.region}` },
  ];
  const others = resource.kind === 'cluster' ? [] : clusters;
  return others.length === 0
    ? lines
    : [...lines, { label: others.length > 1 ? 'Clusters' : 'Cluster', text: others.join(', ') }];
}

function newsWords(news: News, notice: Notice): NewsWords {
  if (notice.test) return { title: news.title, sentences: sentences(news), lines: [], waiver: [], page: news.page };
  const { to, from, severity, before, shows, since, notJudged, seen, reminded } = news;
  const closed = to === 'closed';
  const lines: (Line | undefined)[] = [
    { label: 'Severity', text: severity },
    {
      label: 'State',
      text: `${STATE_WORDS[to]}, was ${from === 'closed' ? 'in order' : STATE_WORDS[from]}; since ${utc(since)}`,
    },
    reminded === undefined ? undefined : { label: 'Reminder', text: reminderOf(news, notice) },
    line('Before', before),
    line('Now', shows),
    seen === undefined ? undefined : { label: 'Seen', text: counted(seen, 'time') },
    { label: 'eks-warden', text: doneAboutIt(news) },
    ...(closed ? [] : (news.plan ?? [])).map((call) => ({ label: 'The call', text: call })),
    ...waiverLines(news),
    closed ? undefined : { label: 'Why it matters', text: news.why },
    closed ? undefined : { label: 'How to fix', text: news.howToFix },
    line('Not judged', notJudged),
  ];
  return {
    title: news.title,
    sentences: sentences(news),
    lines: lines.filter((one) => one !== undefined),
    waiver: to === 'open' || to === 'fixing' ? waiverSnippet(news.control, notice.key, notice.time) : [],
    page: news.page,
  };
}

function reminderOf({ control }: News, { key }: Notice): string {
  return `Nobody has taken it on yet. Whoever does says: npx eks-warden ack '${key}#${control}'`;
}

function line(label: string, text: string | undefined): Line | undefined {
  return text === undefined ? undefined : { label, text };
}

function sentences({ to, said, closedBecause = 'passes', unread }: News): string[] {
  if (to === 'closed') return [CLOSED_WORDS[closedBecause]];
  if (to === 'unsure') {
    const missing = unread?.missing === undefined ? '' : ` The permission ${unread.missing} is missing.`;
    return [`It could not be read, so it is not known whether this holds. ${unread?.why ?? ''}${missing}`];
  }
  return said.map(({ text }) => text);
}

function waiverLines({ waiver }: News): Line[] {
  if (waiver === undefined) return [];
  const ticket = waiver.ticket === undefined ? '' : ` (${waiver.ticket})`;
  return [{ label: 'Waived', text: `until ${waiver.until} by ${waiver.approvedBy}: ${waiver.reason}${ticket}` }];
}

/** Three months are long enough to plan and short enough to be asked again; a JSON string is also a YAML one. */
function waiverSnippet(control: string, key: string, now: number): string[] {
  return [
    'waivers:',
    `  - control: ${control}`,
    `    resource: ${JSON.stringify(key)}`,
    '    reason: why it is accepted',
    '    requestedBy: you',
    '    approvedBy: somebody else',
    `    until: ${utc(now + 90 * DAY).slice(0, 10)}`,
  ];
}
