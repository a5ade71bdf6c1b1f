import { z } from 'zod';
import { parsed, recheckSchema } from '../findings/recheck-message.ts';
import type { FixMessage } from './runner.ts';

const fixMessage = z.object({
  resource: recheckSchema.shape.resource,
  since: z.number().optional(),
  held: z.boolean().optional(),
});
const envelope = z.object({ Type: z.literal('Notification'), Message: z.string() });

/** Reads a message of the fixes queue: our own, or a notice as SNS wraps it. Anything else throws `PoisonMessage`. */
export function fixMessageOf(body: string): FixMessage {
  const wrapped = envelope.safeParse(safely(body));
  return parsed(wrapped.success ? wrapped.data.Message : body, fixMessage) as FixMessage;
}

function safely(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}
