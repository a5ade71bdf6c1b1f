import { SEVERITIES } from '../controls/define-control.ts';
import { counted } from '../runtime/terminal.ts';
import { worstSeverity } from './compose.ts';
import { forSlack, forSlackCode } from './escape.ts';
import type { Notice } from './notice.ts';
import { headline, type Line, type NewsWords, type Words, wordsOf } from './wording.ts';

type PlainText = { type: 'plain_text'; text: string; emoji: false };
/** `verbatim`: Slack then links nothing by itself. */
type Mrkdwn = { type: 'mrkdwn'; text: string; verbatim: true };
export type Block =
  | { type: 'header'; text: PlainText }
  | { type: 'section'; text: PlainText | Mrkdwn }
  | { type: 'context'; elements: (PlainText | Mrkdwn)[] }
  | { type: 'divider' };

/** The body of a webhook post, and the message part of `chat.postMessage` and `chat.update`. */
export interface SlackMessage {
  /** The fallback in notifications. */
  text: string;
  blocks: Block[];
  mrkdwn: false;
  parse: 'none';
  link_names: false;
  unfurl_links: false;
  unfurl_media: false;
}

/** Slack's own limits; the total is what it was seen to take, less a reserve for the closing line. */
const LIMITS = { header: 150, section: 3000, blocks: 50, total: 12_500, text: 1000, value: 400, context: 500 };
const RESERVE = 400;
const MOST_LISTED = 20;
/** A batch needs the first lines only; a single notice has them all. */
const FULL = 6;

/** One post for however many notices. All data stands in plain_text or in backticks, where Slack formats and links nothing. */
export function slackMessage(notices: readonly [Notice, ...Notice[]]): SlackMessage {
  const [only] = notices;
  const text = notices.length === 1 ? headline(only) : batchHeadline(notices);
  return {
    text: forSlack(text, LIMITS.text),
    blocks: fitting(notices.length === 1 ? single(only) : batch(notices, text)),
    mrkdwn: false,
    parse: 'none',
    link_names: false,
    unfurl_links: false,
    unfurl_media: false,
  };
}

function single(notice: Notice): Block[] {
  const words = wordsOf(notice);
  return [
    header(words.headline),
    section(facts([...words.where, ...words.who])),
    ...words.news.flatMap((news, index) => newsBlocks(news, index < FULL || notice.digest !== undefined)),
    ...(words.unlisted === undefined ? [] : [context(plain(words.unlisted, LIMITS.context))]),
  ];
}

function newsBlocks({ title, sentences, lines, waiver, page }: NewsWords, full: boolean): Block[] {
  const said = section(plain([title, ...sentences].join(' — '), LIMITS.section));
  if (!full) return [said];
  const accept =
    waiver.length === 0
      ? []
      : [context(mrkdwn('Accept it instead, in baseline.yml:')), section(mrkdwn(fenced(waiver)))];
  const more: readonly Line[] = page === '' ? lines : [...lines, { label: 'Read more', text: page }];
  return [{ type: 'divider' }, said, ...(more.length === 0 ? [] : [section(facts(more))]), ...accept];
}

/** The worst first; how many of each severity there are is never lost. */
function batch(notices: readonly Notice[], text: string): Block[] {
  const sorted = [...notices].sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
  const rest = sorted.slice(MOST_LISTED);
  return [
    header(text),
    ...sorted.slice(0, MOST_LISTED).flatMap((notice) => {
      const words = wordsOf(notice);
      return [section(plain(words.headline, LIMITS.text)), context(mrkdwn(glance(words)))];
    }),
    ...(rest.length === 0
      ? []
      : [context(plain(`And ${counted(rest.length, 'more notice')}: ${severities(rest)}.`, LIMITS.context))]),
  ];
}

function glance({ where, who }: Words): string {
  const shown = [...where, ...who].filter(
    ({ label }) => label === 'Account' || label === 'Changed by' || label === 'When',
  );
  return shown.map((line) => fact(line, 200)).join('  ');
}

function batchHeadline(notices: readonly Notice[]): string {
  const resources = new Set(notices.map(({ key }) => key)).size;
  const changes = notices.reduce((sum, { news, unlisted = 0 }) => sum + news.length + unlisted, 0);
  const worst = worstSeverity(notices).toUpperCase();
  return `${worst}: ${counted(changes, 'change')} on ${counted(resources, 'resource')}: ${severities(notices)}`;
}

function severities(notices: readonly Notice[]): string {
  const news = notices.flatMap((notice) => notice.news);
  const count = (severity: string) => news.filter((one) => one.severity === severity).length;
  return SEVERITIES.filter((severity) => count(severity) > 0)
    .map((severity) => `${count(severity)} ${severity}`)
    .join(', ');
}

/** As many blocks from the top as Slack takes; a last line says how many it does not see. */
function fitting(blocks: readonly Block[]): Block[] {
  const sizes = blocks.map((block) => JSON.stringify(block).length + 1);
  const room = LIMITS.total - RESERVE;
  let size = 0;
  const end = sizes.findIndex((one, index) => {
    size += one;
    return size > room || index >= LIMITS.blocks - 1;
  });
  if (end === -1) return [...blocks];
  const left = plain(
    'This message was too long for Slack; the findings table and the e-mail have the rest.',
    LIMITS.context,
  );
  return [...blocks.slice(0, end), context(left)];
}

/** Whole lines only: a cut between backticks would let the rest be formatted. */
function facts(lines: readonly Line[]): Mrkdwn {
  const text = lines
    .map((line) => fact(line, LIMITS.value))
    .reduce((all, line) => (all.length + line.length < LIMITS.section ? `${all}${all && '\n'}${line}` : all), '');
  return mrkdwn(text);
}

function fact({ label, text }: Line, most: number): string {
  return `*${label}:* ${forSlackCode(text, most)}`;
}

function fenced(lines: readonly string[]): string {
  return `\`\`\`\n${lines.map((line) => forSlackCode(line, LIMITS.value).slice(1, -1)).join('\n')}\n\`\`\``;
}

function header(text: string): Block {
  return { type: 'header', text: plain(text, LIMITS.header) };
}

function section(text: PlainText | Mrkdwn): Block {
  return { type: 'section', text };
}

function context(element: PlainText | Mrkdwn): Block {
  return { type: 'context', elements: [element] };
}

function plain(text: string, most: number): PlainText {
  return { type: 'plain_text', text: forSlack(text, most) || '–', emoji: false };
}

function mrkdwn(text: string): Mrkdwn {
  return { type: 'mrkdwn', text, verbatim: true };
}
