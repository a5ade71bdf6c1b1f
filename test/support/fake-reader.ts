import type { InputOf, OutputOf, ReadAction } from '../../shared/aws/actions.ts';
import type { Read } from '../../shared/aws/read.ts';
import type { Reader } from '../../shared/aws/reader.ts';

type Unread = 'gone' | 'refused' | 'unavailable' | 'malformed';
type Answers = { [A in ReadAction]?: (input: InputOf<A>) => Omit<OutputOf<A>, '$metadata'> | Unread };

/** A reader whose answers a test writes; the calls are kept, and call number n began at n. An action without an answer fails the test. */
export function fakeReader(answers: Answers, where: Partial<Reader> = {}) {
  const calls: [ReadAction, unknown][] = [];
  async function read<A extends ReadAction>(action: A, input: InputOf<A>): Promise<Read<OutputOf<A>>> {
    const began = calls.push([action, input]);
    const answer = answers[action]?.(input);
    if (answer === undefined) throw new Error(`The test has no answer for ${action}.`);
    if (answer === 'gone') return { outcome: 'gone', began };
    if (typeof answer === 'string') return { outcome: answer, began, action, why: `${answer} on ${action}.` };
    return { outcome: 'found', began, value: { ...answer, $metadata: {} } as OutputOf<A> };
  }
  return { account: '111122223333', region: 'eu-west-1', partition: 'aws', read, calls, ...where };
}

/** What a read came to when the seam could not make it, as `fakeReader` has it. */
export const unread = (outcome: Exclude<Unread, 'gone'>, action: ReadAction, began: number) => ({
  outcome,
  began,
  action,
  why: `${outcome} on ${action}.`,
});

/** An answer without the object that was asked for. */
export const lacking = (action: string, began: number) => ({
  outcome: 'malformed',
  began,
  action,
  why: `The answer of ${action} lacks its object.`,
});
