import { z } from 'zod';
import { byKey } from './one-of.ts';

const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `45s`, `2m`, `1h`, `3d`, in milliseconds. */
const duration = z
  .string()
  .regex(/^\d{1,6}[smhd]$/, 'a time such as 45s, 2m, 1h or 3d')
  .transform(milliseconds);
const wait = z
  .string()
  .regex(/^(?:quiet|\d{1,6}[smhd])$/, 'quiet, or a time such as 45s, 2m, 1h or 3d')
  .transform((text) => (text === 'quiet' ? text : milliseconds(text)));
const text = z.string().min(1);
const json = z.record(z.string(), z.unknown());
const action = z.string().regex(/^[a-z0-9]+:(?:[A-Z]\w*)$/, 'an action such as eks:UpdateClusterConfig');
const rule = z.string().regex(/^(?:\*|[a-z0-9]+:\w*\*?)$/, 'an action such as eks:DescribeCluster, or eks:*');

const TOOLS = ['console', 'cli', 'sdk', 'terraform', 'cloudformation', 'eksctl', 'pulumi', 'service'] as const;
export type Tool = (typeof TOOLS)[number];

const means = { with: z.enum(TOOLS).default('sdk'), from: text.optional(), userAgent: text.optional() };

/** Who may act: a person through Identity Center, a role, an IAM user, root, an AWS service, or any `userIdentity`. */
const actor = byKey({
  sso: z.strictObject({ sso: text, permissionSet: text.default('PlatformAdmin'), ...means }),
  role: z.strictObject({ role: text, session: text.default('session'), ...means }),
  user: z.strictObject({ user: text, mfa: z.boolean().default(false), ...means }),
  root: z.strictObject({ root: z.literal(true), mfa: z.boolean().default(false), ...means }),
  service: z.strictObject({ service: text }),
  identity: z.strictObject({ identity: json, ...means }),
});

/** How the event of a step comes to us: as it is by default, several times, later, or never. */
const delivery = {
  repeat: z.int().min(1).max(100).optional(),
  late: duration.optional(),
  lost: z.boolean().optional(),
};

const act = z.strictObject({
  act: action,
  by: text,
  input: json,
  region: text.optional(),
  fails: z.strictObject({ code: text, message: text }).optional(),
  ...delivery,
});
const event = z.strictObject({
  event: z.union([text, json]),
  by: text.optional(),
  detail: json.optional(),
  ...delivery,
});
const shuffle = z.strictObject({
  shuffle: z.array(byKey({ act, event })).min(1),
  seed: z.int().min(0).default(1),
});

const step = byKey({
  act,
  event,
  shuffle,
  change: z.strictObject({ change: json }),
  deny: z.strictObject({ deny: rule, id: text.optional() }),
  allow: z.strictObject({ allow: rule }),
  fault: z.strictObject({
    fault: rule,
    answer: z.enum(['denied', 'throttled', '5xx', 'timeout', 'dropped', 'malformed', 'empty', 'update-failed']),
    id: text.optional(),
    times: z.int().min(1).optional(),
    for: duration.optional(),
  }),
  slack: z.strictObject({
    slack: z.union([z.enum(['ok', 'no_service', 'unwell']), z.strictObject({ retryAfter: z.int() })]),
  }),
  wait: z.strictObject({ wait }),
});

const account = z.union([
  z.enum(['healthy', 'empty']),
  z.strictObject({
    base: z.enum(['healthy', 'empty']).default('healthy'),
    id: z
      .string()
      .regex(/^\d{12}$/, 'an account id of twelve digits')
      .optional(),
    region: text.optional(),
    change: json.optional(),
  }),
]);

export const storySchema = z.strictObject({
  title: text,
  start: z.iso.datetime(),
  account: account.default('healthy'),
  baseline: json.default({}),
  actors: z.record(z.string(), actor).default({}),
  scenes: z.array(z.strictObject({ title: text, lead: text.optional(), steps: z.array(step).min(1) })).min(1),
});

/** A story as read: names filled in, times in milliseconds. `docs/stories.md` tells what each part means. */
export type Story = z.output<typeof storySchema>;
export type Scene = Story['scenes'][number];
export type StoryStep = Scene['steps'][number];
export type ActStep = z.output<typeof act>;
export type EventStep = z.output<typeof event>;
export type StoryActor = Story['actors'][string];
export type Delivery = Pick<ActStep, keyof typeof delivery>;

function milliseconds(text: string): number {
  return Number(text.slice(0, -1)) * (UNITS[text.slice(-1)] ?? 0);
}
