import { BUSY } from './codes.ts';
import { failureOf } from './failure.ts';
import type { Write } from './reader.ts';

/** What came of a write. A code that nobody here knows is `rejected`: it is never tried again blindly. */
export async function writeOf(action: string, send: () => Promise<unknown>): Promise<Write<unknown>> {
  try {
    return { outcome: 'done', value: await send() };
  } catch (error) {
    const failure = failureOf(error, action);
    if (failure === undefined) throw error;
    if (failure.outcome === 'unavailable') return { outcome: 'unavailable', why: failure.why };
    if (failure.outcome === 'refused') return { outcome: 'refused', action: failure.action, why: failure.why };
    if (BUSY.test(failure.code)) return { outcome: 'busy', why: `${failure.code} on ${action}.` };
    return { outcome: 'rejected', why: `${failure.code} on ${action}${unchanged(error)}.` };
  }
}

/** EKS rejects an update that would change nothing, with the code of a wrong parameter. */
function unchanged(error: unknown): string {
  return error instanceof Error && /no changes needed/i.test(error.message) ? ': no changes are needed' : '';
}
