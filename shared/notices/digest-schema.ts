import { z } from 'zod';
import { SEVERITIES } from '../controls/define-control.ts';

const standing = z.object({ pass: z.number(), fail: z.number(), unknown: z.number(), waived: z.number() });

const one = z.object({
  key: z.string(),
  called: z.string(),
  name: z.string(),
  account: z.string(),
  region: z.string(),
  control: z.string(),
  title: z.string(),
  severity: z.enum(SEVERITIES),
  text: z.string(),
  /** Who made the change that no event told of; said to be unknown where CloudTrail's history does not tell. */
  by: z.string().optional(),
});

/** How many there are; the worst are named. */
const listed = z.object({ count: z.number(), worst: z.array(one) });

const waiver = z.object({ control: z.string(), resource: z.string(), until: z.string(), approvedBy: z.string() });

export const digestSchema = z.object({
  run: z.string(),
  /** When the last digest was made (ms). */
  since: z.number().optional(),
  scopes: z.number(),
  resources: z.number(),
  totals: standing,
  /** At the last sweep. */
  before: standing.optional(),
  /** Where something is not in order, the worst first; `change` is of what fails, since the last sweep. */
  controls: z.array(standing.extend({ control: z.string(), title: z.string(), change: z.number().optional() })),
  moreControls: z.number(),
  clusters: z.array(
    standing
      .omit({ pass: true })
      .extend({ name: z.string(), account: z.string(), region: z.string(), change: z.number().optional() }),
  ),
  moreClusters: z.number(),
  missed: listed,
  /** `heldBack`: those that a route left to this digest. */
  opened: listed.extend({ heldBack: z.number() }),
  resolved: listed,
  unknown: listed.extend({ missing: z.array(z.object({ permission: z.string(), findings: z.number() })) }),
  held: listed,
  waivers: z.object({
    expiring: z.array(waiver),
    moreExpiring: z.number(),
    unused: z.array(waiver),
    moreUnused: z.number(),
  }),
  muted: z.array(
    z.object({
      what: z.string(),
      name: z.string(),
      by: z.string(),
      until: z.number(),
      reason: z.string(),
      heldBack: z.number(),
    }),
  ),
  /** What could not be read completely, and regions that are watched and not enabled. */
  incomplete: z.array(z.string()),
  notEnabled: z.array(z.string()),
  /** Where the report of this sweep is. */
  report: z.string().optional(),
});

/** What a nightly sweep came to. Its texts are raw: each channel escapes them. */
export type Digest = z.infer<typeof digestSchema>;
export type DigestOne = z.infer<typeof one>;
export type DigestListed = z.infer<typeof listed>;
export type Standing = z.infer<typeof standing>;
