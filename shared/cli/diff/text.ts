import type { Changed, Differences, Gone } from '../../reports/differences.ts';
import { causeOf, sentenceOf } from '../../reports/formats/rows.ts';
import type { Reported } from '../../reports/report.ts';
import type { Output } from '../output.ts';
import { severityColour } from '../severity-colour.ts';
import { counted, plain } from '../terminal.ts';
import { wrapped } from '../wrapped.ts';

type Screen = Pick<Output, 'colour' | 'width'>;

/** The differences for people: worse first, then new, better, gone and what was not looked at. */
export function differencesText(
  found: Differences,
  { from, to }: { from: number; to: number },
  screen: Screen,
): string {
  const { colour } = screen;
  const part = <T>(title: string, all: readonly T[], lines: (one: T) => string[]) =>
    all.length === 0 ? [] : [`${colour.bold(`${title} (${all.length})`)}\n${all.flatMap(lines).join('\n')}`];
  const parts = [
    ...part('Worse', found.worse, (each) => changedLines(each, screen)),
    ...part('New', found.new, (each) => reportedLines(each, screen)),
    ...part('Better', found.better, (each) => changedLines(each, screen)),
    ...part('Gone', found.gone.filter(isTold), (each) => goneLines(each, screen)),
    ...part('Not looked at', found.unseen.filter(isTold), (each) => reportedLines(each, screen)),
  ];
  return [...parts, summary(found, from, to)].join('\n\n');
}

/** What was in order and is gone is only counted. */
const isTold = ({ verdict }: Reported) => verdict === 'fail' || verdict === 'unknown';

function summary({ worse, better, new: added, gone, unseen, same }: Differences, from: number, to: number): string {
  const all = [
    `${worse.length} worse`,
    `${added.length} new`,
    `${better.length} better`,
    `${gone.length} gone`,
    ...(unseen.length > 0 ? [`${unseen.length} not looked at`] : []),
    `${same} as before`,
  ];
  return `${all.join(' · ')}, from ${moment(from)} to ${moment(to)} (${counted(Math.round(Math.abs(to - from) / 86_400_000), 'day')}).`;
}

function changedLines({ before, after }: Changed, screen: Screen): string[] {
  const step =
    before.verdict === after.verdict
      ? `${before.severity} → ${after.severity}`
      : `${before.verdict} → ${after.verdict}`;
  const shown = before.shows !== undefined && after.shows !== undefined && before.shows !== after.shows;
  return [
    ...reportedLines(after, screen, step),
    ...(shown ? told(`before: ${before.shows}; now: ${after.shows}`, screen) : []),
    ...(after.cause ? told(`changed ${causeOf(after)}`, screen) : []),
  ];
}

function goneLines({ goneBy, ...gone }: Gone, screen: Screen): string[] {
  const who = goneBy === undefined ? [] : told(`gone ${causeOf({ ...gone, cause: goneBy })}`, screen);
  return [...reportedLines(gone, screen), ...who];
}

function reportedLines(reported: Reported, screen: Screen, step: string = reported.verdict): string[] {
  const { severity, control, resource } = reported;
  const { kind, id, account, region } = resource;
  const sentence = sentenceOf(reported);
  return [
    `  ${severityColour(screen.colour, severity)} ${screen.colour.bold(plain(`${kind} ${id}`))} ${plain(`${account} ${region}`)}: ${plain(control)}, ${step}`,
    ...(sentence === '' ? [] : told(sentence, screen)),
  ];
}

function told(text: string, { width }: Screen): string[] {
  return width === undefined ? [`    ${plain(text)}`] : wrapped(`  ${plain(text)}`, width);
}

function moment(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
