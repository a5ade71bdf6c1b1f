import { at, field, text } from '../resources/json.ts';
import type { Envelope } from './envelope.ts';

/** Reads by their names, for records from before `readOnly` existed. The last four are named like writes. */
const READS = /^(?:Get|List|Describe|BatchGet|Head|Lookup|Search|Simulate|AssumeRole|Decrypt|GenerateDataKey)/;

/**
 * Whether nothing came of it. A call tells by having an `errorCode`, whatever it says: `responseElements` is null for
 * many that worked, and some errors come without a message. A sign-in and a push say so in their own words.
 */
export function hasFailed({ event, call, detail }: Envelope): boolean {
  if (call === undefined) return event === 'ecr:ImageAction' && field(detail, 'result') === 'FAILURE';
  return (field(detail, 'errorCode') ?? null) !== null || at(detail, 'responseElements', call) === 'Failure';
}

export function isReadOnly({ call, detail }: Envelope): boolean {
  if (call === undefined) return false;
  const told = field(detail, 'readOnly');
  if (typeof told === 'boolean') return told;
  return text(detail, 'readOnly') === 'true' || READS.test(call);
}
