import { z } from 'zod';
import { MODES } from '../baseline/baseline.ts';
import { CHANNELS } from '../changes/change.ts';
import { SEVERITIES } from '../controls/define-control.ts';
import { CLOSED_BECAUSE, STATES } from '../findings/finding.ts';
import { KIND_NAMES } from '../resources/resource.ts';
import { PoisonMessage } from '../runtime/errors.ts';
import { digestSchema } from './digest-schema.ts';

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
  /** Told again, because nobody had acknowledged it. */
  reminded: z.number().optional(),
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
  /** The exact calls of the fix, inputs included; absent where it is in order, or eks-warden has no fix. */
  plan: z.array(z.string()).optional(),
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

const inventory = z.object({
  /** `account region`, at most twenty, and how many more. */
  scopes: z.array(z.string()),
  moreScopes: z.number(),
  resources: z.number(),
  /** Open findings of which people are told, by severity. */
  open: z.array(z.object({ severity: z.enum(SEVERITIES), count: z.number() })),
  worst: z.array(
    z.object({
      key: z.string(),
      called: z.string(),
      id: z.string(),
      account: z.string(),
      region: z.string(),
      control: z.string(),
      title: z.string(),
      page: z.string(),
      severity: z.enum(SEVERITIES),
      text: z.string(),
    }),
  ),
  /** Permissions that were missing, and how many verdicts each would have given. */
  missing: z.array(z.object({ permission: z.string(), findings: z.number() })),
  /** What could not be read completely, and why. */
  incomplete: z.array(z.string()),
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
  /** Empty only beside an inventory or a digest. */
  news: z.array(news),
  /** How many more findings changed than are listed, where a message would have been too long. */
  unlisted: z.number().optional(),
  /** Sent to see whether notices arrive: nothing happened. */
  test: z.literal(true).optional(),
  /** What the first sweep of a scope found, instead of a notice each. */
  inventory: inventory.optional(),
  /** What a nightly sweep came to. */
  digest: digestSchema.optional(),
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
export type Inventory = z.infer<typeof inventory>;
export type NoticeCause = z.infer<typeof cause>;

/** The notice in a queue message: plain, or in the envelope of SNS. Throws `PoisonMessage` for anything else. */
export function noticeFrom(body: string): Notice {
  const parsed = noticeSchema.safeParse(contentOf(body));
  if (!parsed.success) throw new PoisonMessage('The message holds no notice of a known form.');
  const { news, inventory: found, digest } = parsed.data;
  if (news.length === 0 && found === undefined && digest === undefined)
    throw new PoisonMessage('The message holds no notice of a known form.');
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
