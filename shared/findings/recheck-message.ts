import { z } from 'zod';
import { CHANNELS, type Recheck } from '../changes/change.ts';
import { KIND_NAMES } from '../resources/resource.ts';
import { PoisonMessage } from '../runtime/errors.ts';

const resource = z.object({
  kind: z.enum(KIND_NAMES),
  id: z.string().min(1).max(2048),
  account: z.string().regex(/^\d{12}$/),
  region: z.string().regex(/^(global|[a-z]{2,4}(-[a-z]+)+-\d)$/),
});

const actor = z.object({
  type: z.string(),
  principal: z.string().min(1),
  role: z.string().optional(),
  person: z.string().optional(),
  confidence: z.enum(['certain', 'likely', 'unknown']),
  account: z.string().optional(),
  channel: z.enum(CHANNELS),
  address: z.string().optional(),
  mfa: z.boolean().optional(),
  asCode: z.boolean(),
  userAgent: z.string().optional(),
});

export const recheckSchema = z.object({
  resource,
  seenAt: z.number(),
  life: z.enum(['created', 'deleted', 'tagged', 'changed']),
  cause: z.object({ eventId: z.string(), event: z.string(), time: z.number(), actor }).optional(),
  due: z.number().optional(),
  chain: z.string().optional(),
  hops: z.int().min(0).optional(),
  why: z.enum([
    'event',
    'link',
    'unsettled',
    'unavailable',
    'not-visible',
    'second-look',
    'pace',
    'fix',
    'sweep',
    'retired',
  ]),
  inventory: z.literal(true).optional(),
  sighting: z
    .object({
      resource,
      event: z.string(),
      eventId: z.string(),
      time: z.number(),
      tlsVersion: z.string().optional(),
      cipherSuite: z.string().optional(),
      address: z.string().optional(),
      userAgent: z.string().optional(),
    })
    .optional(),
});

/** Reads a message of the rechecks queue; one that is none of ours throws `PoisonMessage` and so fails alone. */
export function recheckOf(body: string): Recheck {
  return parsed(body, recheckSchema) as Recheck;
}

/** Parses JSON against a schema, or throws `PoisonMessage` that names the first field that is off, not its value. */
export function parsed<S extends z.ZodType>(body: string, schema: S): z.infer<S> {
  let json: unknown;
  try {
    json = JSON.parse(body);
  } catch (cause) {
    throw new PoisonMessage('The message is no JSON.', { cause });
  }
  const result = schema.safeParse(json);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new PoisonMessage(`The message is none of ours: ${issue?.path.join('.') || 'its shape'} is not as expected.`);
}
