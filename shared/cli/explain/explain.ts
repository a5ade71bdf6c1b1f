import { UserMistake } from '../../runtime/errors.ts';
import { baselineFor } from '../baseline-file.ts';
import type { Output } from '../output.ts';
import { safeJson } from '../terminal.ts';
import type { ExplainOptions } from './command.ts';
import { explainEvent } from './event.ts';
import { eventIn, eventNamed, hubIfNamed, isEventFile, isEventId } from './event-source.ts';
import { eventText } from './event-text.ts';
import type { Explained } from './explained.ts';
import { type Wanted, wantedOf } from './find.ts';
import { findingJson } from './finding-json.ts';
import { findingText } from './finding-text.ts';
import { explainedIn } from './in-report.ts';

/** What the words name, explained as text or JSON. */
export async function explain(
  words: readonly string[],
  options: ExplainOptions,
  output: Output,
  now: number,
): Promise<string> {
  const [first = '', ...rest] = words;
  if (words.length > 2)
    throw new UserMistake(`Too many words: ${rest.slice(1).join(' ')}. See npx eks-warden explain --help`);
  if (rest.length === 0 && (isEventId(first) || isEventFile(first))) return ofEvent(first, options, output, now);
  const explained = await ofFinding(wantedOf(words), options, now);
  if (options.format === 'json') return safeJson(findingJson(explained, now), 2);
  return findingText(explained, output, now);
}

async function ofFinding(wanted: Wanted, options: ExplainOptions, now: number): Promise<Explained> {
  const { from, snapshot, baseline } = options;
  if (from !== undefined) {
    const { reportIn } = await import('../reporting/report-in-file.ts');
    return explainedIn(reportIn(from), wanted, from);
  }
  if (snapshot !== undefined) {
    const { reportOfSnapshot } = await import('../reporting/index.ts');
    return explainedIn(await reportOfSnapshot(snapshot, baselineFor(baseline, now)), wanted, snapshot);
  }
  const { explainedInTable } = await import('./in-table.ts');
  return explainedInTable(wanted, options, baseline);
}

async function ofEvent(what: string, options: ExplainOptions, output: Output, now: number): Promise<string> {
  const baseline = baselineFor(options.baseline, now);
  const hub = await hubIfNamed(options);
  const record = isEventId(what) ? await eventNamed(what, options, hub) : await eventIn(what);
  const explained = explainEvent(record, baseline);
  const asked = hub !== undefined && explained.ignored === undefined;
  const outcome = asked ? { outcome: await (await import('./event-outcome.ts')).outcomeOf(hub, explained) } : {};
  const whole = { ...explained, ...outcome };
  return options.format === 'json' ? safeJson(whole, 2) : eventText(whole, output);
}
