import { createHash } from 'node:crypto';
import { z } from 'zod';
import { MODES, type Route, type Rule } from '../baseline/baseline.ts';
import { CHANNELS } from '../changes/change.ts';
import { SEVERITIES, type Severity } from '../controls/define-control.ts';
import { CLOSED_BECAUSE, STATES, type State, type Transition } from '../findings/finding.ts';
import { KIND_NAMES, keyOf, type Resource } from '../resources/resource.ts';
import { PoisonMessage } from '../runtime/errors.ts';
import { clip } from './escape.ts';
import { clippedCause, clippedNews } from './news.ts';

const FIX_STATUSES = ['planned', 'held', 'started', 'verified', 'unverified', 'failed', 'undone'] as const;

const news = z.object({
  control: z.string(),
  title: z.string(),
  why: z.string(),
  howToFix: z.string(),
  /** A page name relative to the repository, or an address below the base that the deployment set. */
  page: z.string(),
  mode: z.enum(MODES),
  severity: z.enum(SEVERITIES),
  from: z.enum(STATES),
  to: z.enum(STATES),
  since: z.number(),
  firstSeen: z.number().optional(),
  said: z.array(z.object({ reason: z.string(), severity: z.enum(SEVERITIES), text: z.string() })),
  shows: z.string().optional(),
  before: z.string().optional(),
  closedBecause: z.enum(CLOSED_BECAUSE).optional(),
  waiver: z
    .object({ reason: z.string(), until: z.string(), approvedBy: z.string(), ticket: z.string().optional() })
    .optional(),
  unread: z.object({ why: z.string(), missing: z.string().optional() }).optional(),
  notJudged: z.string().optional(),
  seen: z.number().optional(),
  fix: z
    .object({
      id: z.string(),
      status: z.enum(FIX_STATUSES),
      why: z.string().optional(),
      startedAt: z.number().optional(),
      deadline: z.number().optional(),
      action: z.string().optional(),
    })
    .optional(),
  /** The remediator is asked to look at this finding. Never so for one whose fix has just failed. */
  fixWanted: z.boolean(),
  /** What a fix would call, and what that may break; absent where eks-warden has none. */
  remedy: z.object({ calls: z.array(z.string()), risk: z.string() }).optional(),
});

const cause = z.object({
  eventId: z.string(),
  event: z.string(),
  time: z.number(),
  actor: z.object({
    principal: z.string(),
    person: z.string().optional(),
    role: z.string().optional(),
    confidence: z.enum(['certain', 'likely', 'unknown']),
    channel: z.enum(CHANNELS),
    address: z.string().optional(),
    mfa: z.boolean().optional(),
    userAgent: z.string().optional(),
  }),
});

const noticeSchema = z.object({
  schema: z.literal(1),
  /** The same whenever the same change is announced again. */
  id: z.string().min(1),
  resource: z.object({ kind: z.enum(KIND_NAMES), id: z.string(), account: z.string(), region: z.string() }),
  key: z.string().min(1),
  /** The kind in words, e.g. `EKS cluster`. */
  called: z.string(),
  version: z.number(),
  generation: z.string().optional(),
  clusters: z.array(z.string()),
  severity: z.enum(SEVERITIES),
  state: z.enum(STATES),
  mode: z.enum(MODES),
  time: z.number(),
  cause: cause.optional(),
  news: z.array(news).min(1),
  /** How many more findings changed than are listed, where a message would have been too long. */
  unlisted: z.number().optional(),
  to: z.object({
    email: z.boolean(),
    chat: z.boolean(),
    /** Channel names from the baseline; an empty one is the channel of the secret. */
    slack: z.array(z.string()),
  }),
});

/** All that is told of one look at one resource, whatever number of its findings changed. Its texts are raw: each channel escapes them. */
export type Notice = z.infer<typeof noticeSchema>;
/** One finding's change within a notice. */
export type News = z.infer<typeof news>;
export type NoticeCause = z.infer<typeof cause>;

/** A transition with its rule and those who hear of it at once. */
export interface Addressed {
  transition: Transition;
  rule: Rule;
  now: readonly Route[];
}

/** The worst first: what a notice as a whole is said to be. */
const WORST_STATES: readonly State[] = ['open', 'fixing', 'unsure', 'waived', 'closed'];

/** `pages` is where the controls' pages are: a folder or a base address. */
export function noticeOf(addressed: readonly [Addressed, ...Addressed[]], pages = 'docs/controls'): Notice {
  const [{ transition, rule }] = addressed;
  const { version } = transition;
  // Where a resource was made again under its name, its old findings come first.
  const generation = addressed.at(-1)?.transition.generation;
  const resource = boundedResource(transition.resource);
  const all = addressed.map((one) => clippedNews(one, pages)).sort(worstFirst);
  const newest = addressed
    .flatMap(({ transition: { finding } }) => finding.cause ?? [])
    .sort((a, b) => b.time - a.time)[0];
  return {
    schema: 1,
    id: noticeId(addressed.map((one) => one.transition)),
    resource,
    key: keyOf(resource),
    called: rule.control.resources.find(({ kind }) => kind === resource.kind)?.called ?? resource.kind,
    version,
    ...(generation === undefined ? {} : { generation: clip(generation, 128) }),
    clusters: boundedClusters(addressed.flatMap((one) => one.transition.clusters)),
    severity: first(
      SEVERITIES,
      all.map(({ severity }) => severity),
    ),
    state: first(
      WORST_STATES,
      all.map(({ to }) => to),
    ),
    mode: first(
      [...MODES].reverse(),
      all.map(({ mode }) => mode),
    ),
    time: Math.max(...all.map(({ since }) => since)),
    ...(newest === undefined ? {} : { cause: clippedCause(newest) }),
    news: all,
    to: audience(addressed.flatMap(({ now }) => now)),
  };
}

/** Longer than any that AWS or the table has; a bound all the same, so that no name can push a notice over SNS's limit. */
function boundedResource({ kind, id, account, region }: Resource): Resource {
  return { kind, id: clip(id, 1024), account: clip(account, 32), region: clip(region, 64) };
}

function boundedClusters(clusters: readonly string[]): string[] {
  return [...new Set(clusters.map((cluster) => clip(cluster, 128)))].sort().slice(0, 20);
}

function worstFirst(a: News, b: News): number {
  return (
    WORST_STATES.indexOf(a.to) - WORST_STATES.indexOf(b.to) ||
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    (a.control < b.control ? -1 : 1)
  );
}

function first<T>(order: readonly T[], present: readonly T[]): T {
  return order.find((one) => present.includes(one)) ?? (present[0] as T);
}

function audience(routes: readonly Route[]): Notice['to'] {
  const slack = routes.filter(({ to }) => to.includes('slack')).map(({ slackChannel = '' }) => clip(slackChannel, 80));
  return {
    email: routes.some(({ to }) => to.includes('email')),
    chat: routes.some(({ to }) => to.includes('chat')),
    slack: [...new Set(slack)].sort(),
  };
}

/** From the resource, the item's version and the states, and from nothing that a redelivery could change. */
function noticeId(all: readonly Transition[]): string {
  const [{ resource, version } = { resource: undefined, version: 0 }] = all;
  const steps = all.map(({ control, from, to }) => `${control} ${from ?? 'closed'} ${to}`).sort();
  const text = [resource === undefined ? '' : keyOf(resource), version, ...steps].join('\n');
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

/** The notice in a queue message: plain, or in the envelope of SNS. Throws `PoisonMessage` for anything else. */
export function noticeFrom(body: string): Notice {
  const parsed = noticeSchema.safeParse(contentOf(body));
  if (!parsed.success) throw new PoisonMessage('The message holds no notice of a known form.');
  return parsed.data;
}

function contentOf(body: string): unknown {
  try {
    const outer = JSON.parse(body);
    return typeof outer?.Message === 'string' ? JSON.parse(outer.Message) : outer;
  } catch (error) {
    throw new PoisonMessage('The message is not JSON.', { cause: error });
  }
}

export function worstSeverity(notices: readonly Pick<Notice, 'severity'>[]): Severity {
  return first(
    SEVERITIES,
    notices.map(({ severity }) => severity),
  );
}
