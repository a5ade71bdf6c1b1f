import type { KeptMessage } from '../../aws/operator/kept-aside.ts';
import { parseEnvelope } from '../../changes/envelope.ts';
import { recheckOf } from '../../findings/recheck-message.ts';
import { noticeFrom } from '../../notices/notice.ts';
import { utc } from '../../notices/time.ts';
import { lostIn } from '../../notices/untold.ts';
import { headline } from '../../notices/wording.ts';
import { fixMessageOf } from '../../remediation/message.ts';
import { undoAskedIn } from '../../remediation/undo-asked.ts';
import { keyOf } from '../../resources/resource.ts';
import { PoisonMessage } from '../../runtime/errors.ts';
import { counted } from '../terminal.ts';

/** What becomes of the messages of a queue. */
export interface Aside {
  /** The logical id of the queue, and of the one whose function is asked again; none: it is done here. */
  queue: string;
  back?: string;
  /** Whose log has why it failed. */
  function: string;
  /** Only where it is named: what it does again is more than a look. */
  careful?: true;
  about(body: string): string;
}

export const ASIDE: readonly Aside[] = [
  { queue: 'ChangesDeadLetters', back: 'ChangesQueue', function: 'locate-change', about: changeText },
  { queue: 'RechecksDeadLetters', back: 'RechecksQueue', function: 'evaluate-resource', about: recheckText },
  { queue: 'FixesDeadLetters', back: 'FixesQueue', function: 'remediate-finding', careful: true, about: fixText },
  { queue: 'SlackDeadLetters', back: 'SlackQueue', function: 'post-to-slack', about: slackText },
  { queue: 'UndeliveredQueue', function: 'announce-finding', about: lostText },
  { queue: 'SweepDeadLetters', function: 'the schedule of the sweep', about: () => 'the start of a nightly sweep' },
];

/** A message in words. */
export interface KeptLine {
  queue: string;
  id: string;
  sentAt: number;
  received: number;
  about: string;
  why: string;
  /** None of ours: handing it over again would only bring it back. */
  foreign: boolean;
}

/** Pure. */
export function lineOf(aside: Aside, message: KeptMessage): KeptLine {
  const { id, sentAt, received } = message;
  const line = { queue: aside.queue, id, sentAt, received, why: whyOf(aside, message) };
  try {
    return { ...line, about: aside.about(message.body), foreign: false };
  } catch (error) {
    if (!(error instanceof PoisonMessage)) throw error;
    return { ...line, about: `nothing of ours: ${error.message}`, foreign: true };
  }
}

/** EventBridge and SNS say why they could not deliver; of a function that failed only its log does. */
function whyOf({ function: name }: Aside, { attributes, received }: KeptMessage): string {
  const { ERROR_CODE, ERROR_MESSAGE, ErrorCode, ErrorMessage } = attributes;
  const said = [ERROR_CODE ?? ErrorCode, ERROR_MESSAGE ?? ErrorMessage].filter(Boolean).join(': ');
  return said === '' ? `${name} failed ${counted(received, 'time')}: its log has why.` : said;
}

export function changeText(body: string): string {
  const parsed = parseEnvelope(body);
  if ('reason' in parsed) {
    if (parsed.reason === 'not an event') throw new PoisonMessage('The message is no event.');
    return `event ${parsed.event} ${parsed.eventId}`;
  }
  const { event, eventId, account, region } = parsed.envelope;
  return `event ${event} ${eventId} (${account} ${region})`;
}

function recheckText(body: string): string {
  const { resource, why } = recheckOf(body);
  return `recheck of ${keyOf(resource)} (${why})`;
}

function fixText(body: string): string {
  const undo = undoAskedIn(body);
  if (undo !== undefined) return `undoing of ${undo.undo.fixId} on ${keyOf(undo.undo.resource)}`;
  return `fix on ${keyOf(fixMessageOf(body).resource)}`;
}

function slackText(body: string): string {
  return `notice ${headline(noticeFrom(body))}`;
}

function lostText(body: string): string {
  const { from, to, count } = lostIn(body);
  return `${counted(count, 'change')} of the table, written between ${utc(from)} and ${utc(to)}`;
}
