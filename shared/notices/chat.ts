import { createHash } from 'node:crypto';
import { forMarkdown, forMarkdownCode } from './escape.ts';
import type { Notice } from './notice.ts';
import { type Line, type NewsWords, wordsOf } from './wording.ts';

/** The custom notification of Amazon Q Developer in chat applications. */
export interface ChatNotification {
  version: '1.0';
  source: 'custom';
  id: string;
  content: {
    textType: 'client-markdown';
    title: string;
    description: string;
    nextSteps: string[];
    keywords: string[];
  };
  metadata: { threadId: string; summary: string; eventType: string; relatedResources: string[] };
}

/** Far below what Amazon Q or Slack would cut; a chat is no place for more. */
const LIMITS = { title: 240, description: 4000, step: 500, keyword: 60, news: 5 };
const SKIPPED: ReadonlySet<string> = new Set(['How to fix']);

export function chatNotification(notice: Notice): ChatNotification {
  const words = wordsOf(notice);
  const { resource, severity, state } = notice;
  const cluster = notice.clusters[0] ?? resource.id;
  return {
    version: '1.0',
    source: 'custom',
    id: notice.id,
    content: {
      textType: 'client-markdown',
      title: forMarkdown(words.headline, LIMITS.title),
      description: description([...words.where, ...words.who], words.news, words.unlisted),
      nextSteps: notice.state === 'closed' ? [] : words.news.slice(0, LIMITS.news).flatMap(nextSteps(notice)),
      keywords: [severity, state, resource.account, resource.region, cluster].map((word) =>
        forMarkdown(word || 'none', LIMITS.keyword),
      ),
    },
    metadata: {
      threadId: createHash('sha256')
        .update(`${resource.account}#${resource.region}#${cluster}`)
        .digest('hex')
        .slice(0, 32),
      summary: forMarkdown(words.headline, LIMITS.title),
      eventType: `eks-warden finding ${state}`,
      relatedResources: [forMarkdownCode(notice.key, LIMITS.step)],
    },
  };
}

/** Whole lines only, as many as fit. */
function description(facts: readonly Line[], news: readonly NewsWords[], unlisted: string | undefined): string {
  const left = news.length - LIMITS.news;
  const lines = [
    ...facts.map(fact),
    ...news.slice(0, LIMITS.news).flatMap(newsLines),
    ...(left > 0 ? [`…and ${left} more.`] : []),
    ...(unlisted === undefined ? [] : [forMarkdown(unlisted, LIMITS.step)]),
  ];
  return lines.reduce(
    (text, line) => (text.length + line.length < LIMITS.description ? `${text}${text && '\n'}${line}` : text),
    '',
  );
}

function newsLines({ title, sentences, lines }: NewsWords): string[] {
  return [
    `*${forMarkdown(title, LIMITS.step)}*`,
    ...sentences.slice(0, LIMITS.news).map((sentence) => forMarkdown(sentence, LIMITS.step)),
    ...(sentences.length > LIMITS.news ? [`…and ${sentences.length - LIMITS.news} more.`] : []),
    ...lines.filter(({ label }) => !SKIPPED.has(label)).map(fact),
  ];
}

function fact({ label, text }: Line): string {
  return `${label}: ${forMarkdownCode(text, LIMITS.step)}`;
}

const nextSteps =
  (notice: Notice) =>
  ({ lines, page, waiver }: NewsWords): string[] => {
    const howToFix = lines.find(({ label }) => label === 'How to fix');
    const accept = `Accept it: a waiver in baseline.yml for resource ${forMarkdownCode(notice.key, LIMITS.step - 80)}`;
    return [
      ...(howToFix === undefined || howToFix.text === '' ? [] : [forMarkdown(howToFix.text, LIMITS.step)]),
      ...(waiver.length === 0 ? [] : [accept]),
      ...(page === '' ? [] : [`Read ${forMarkdownCode(page, LIMITS.step - 10)}`]),
    ];
  };
