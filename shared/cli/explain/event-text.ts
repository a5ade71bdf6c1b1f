import type { IgnoredReason } from '../../changes/change.ts';
import { utc } from '../../notices/time.ts';
import { who } from '../../notices/who.ts';
import type { Output } from '../output.ts';
import { plain } from '../terminal.ts';
import type { ExplainedEvent } from './event.ts';
import { labelled, paragraphs } from './paragraphs.ts';

const WHY: Readonly<Record<IgnoredReason, string>> = {
  'failed call': 'The call failed, so it changed nothing.',
  'read only': 'It only reads, so it changed nothing.',
  'not watched': 'No control that is on asks for this event, and it is none of the life of what they judge.',
  'not an event': 'It is no event in a form that CloudTrail or EventBridge gives.',
  'not from AWS': 'It claims to be from AWS, but its source is not: somebody made it up.',
  'account mismatch': 'Its envelope and its record name different accounts: somebody made it up.',
  'about another account': 'It is about a resource of another account than the one it comes from.',
  'touches nothing of ours': 'What it touched is of no kind that a control that is on judges or needs.',
};

/** An event for reading: whether it was acted on and why, and what came of it. */
export function eventText(explained: ExplainedEvent, output: Pick<Output, 'colour' | 'width'>): string {
  const { event, eventId, ignored, off, cause, rechecks, sightings } = explained;
  const { part } = paragraphs(output);
  const acted = ignored === undefined;
  return [
    `${output.colour.bold(plain(event || 'Not an event'))}  ${plain(eventId)}`,
    ...part(acted ? 'It is acted on' : `It is ignored: ${ignored}`, [
      acted
        ? 'What it touches is read again and judged; the event itself is never judged as if it were the state.'
        : WHY[ignored],
      off.length > 0 ? `Controls that would ask for it are off in the baseline: ${off.join(', ')}.` : '',
    ]),
    ...part(
      'Who did it',
      cause === undefined ? [] : labelled(who(cause).map(({ label, text }) => [label, text] as const)),
    ),
    ...part(
      'What is read again',
      rechecks.map(({ kind, id, account, region, controls }) => {
        const which = id === null ? `every known ${kind} (the event does not say which)` : `${kind} ${id}`;
        return `${which} (${account}, ${region}): ${controls.join(', ')}`;
      }),
    ),
    ...part(
      'What it is a sighting for',
      sightings.map(({ kind, id, controls }) => `${kind} ${id}: ${controls.join(', ')}`),
    ),
    ...part('What came of it', cameOf(explained)),
  ].join('\n');
}

function cameOf({ ignored, outcome }: ExplainedEvent): string[] {
  if (ignored !== undefined) return [];
  if (outcome === undefined)
    return [
      'The findings table was not asked: where the hub is named (--stack, --hub-region, or a deploy.yml here) it is.',
    ];
  if (outcome.length === 0)
    return [
      'No finding names it as its cause: what was read again was in order, as bad as before, or changed once more before it was read.',
    ];
  return outcome.map(({ finding, from, to, at }) => `${utc(at)}: ${from} → ${to}, ${finding}`);
}
