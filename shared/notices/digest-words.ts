import { counted } from '../runtime/terminal.ts';
import type { Digest, DigestListed, DigestOne, Standing } from './digest-schema.ts';
import { utc } from './time.ts';
import type { Line, NewsWords, Words } from './wording.ts';

/** `DIGEST: 12 fail (+2), 3 unknown, 1 waived; 4 new, 1 resolved, 1 missed by events`. */
export function digestHeadline({ totals, before, opened, resolved, missed, incomplete }: Digest): string {
  const { fail, unknown, waived } = totals;
  const stands = [
    `${fail} fail${since(fail, before?.fail)}`,
    `${unknown} unknown${since(unknown, before?.unknown)}`,
    `${waived} waived`,
  ].join(', ');
  const news = [
    `${opened.count} new`,
    `${resolved.count} resolved`,
    ...(missed.count > 0 ? [`${missed.count} missed by events`] : []),
    ...(incomplete.length > 0 ? ['not read completely'] : []),
  ];
  return `DIGEST: ${stands}; ${news.join(', ')}`;
}

/** What needs somebody first: what no event told of, what is new, what could not be judged; then how it all stands. */
export function digestWords(digest: Digest): Words {
  return { headline: digestHeadline(digest), where: where(digest), who: [], news: sections(digest), unlisted: REST };
}

const REST =
  'All of it: the report above, or npx eks-warden report. One finding: npx eks-warden explain FINDING. Earlier sweeps: npx eks-warden sweep history.';

function where({ since: last, scopes, resources, totals, before, report }: Digest): Line[] {
  const { pass, fail, unknown, waived } = totals;
  const each: (readonly [number, string, number | undefined])[] = [
    [pass, 'pass', before?.pass],
    [fail, 'fail', before?.fail],
    [unknown, 'unknown', before?.unknown],
    [waived, 'waived', before?.waived],
  ];
  return [
    { label: 'Looked at', text: `${counted(resources, 'resource')} in ${counted(scopes, 'scope')}` },
    { label: 'Posture', text: each.map(([count, name, was]) => `${count} ${name}${since(count, was)}`).join(', ') },
    { label: 'Since', text: last === undefined ? 'there was no digest before' : utc(last) },
    ...(report === undefined ? [] : [{ label: 'Report', text: report }]),
  ];
}

function sections(digest: Digest): NewsWords[] {
  const { missed, opened, unknown, held, resolved, incomplete, notEnabled } = digest;
  const atOnce = opened.count - opened.heldBack;
  const missing = unknown.missing.map(({ permission, findings }) => ({
    label: 'Missing',
    text: `${permission}: ${counted(findings, 'verdict')} unknown without it`,
  }));
  return [
    section('Missed by events', missed, 'The sweep opened them although an event should have told.'),
    section('New', opened, `Told at once: ${atOnce}; told here first: ${opened.heldBack}.`),
    section('Unknown', unknown, 'They could not be judged, which is no pass.', missing),
    section('Fixes that were held or failed', held, 'See npx eks-warden fixes.'),
    ...waiverSections(digest),
    ...mutedSection(digest),
    plainSection('Not read completely', incomplete),
    plainSection('Watched but not enabled', notEnabled),
    section('Resolved', resolved, ''),
    ...standings(digest),
  ].filter((one) => one !== undefined);
}

function section(
  title: string,
  { count, worst }: DigestListed,
  sentence: string,
  more: readonly Line[] = [],
): NewsWords | undefined {
  if (count === 0) return undefined;
  const left = count - worst.length;
  return words(
    `${title}: ${count}`,
    [...(sentence === '' ? [] : [sentence]), ...(left > 0 ? [`${left} of them are not listed here.`] : [])],
    [...more, ...worst.map(lineOf)],
  );
}

function lineOf({ called, name, account, region, title, severity, text, by }: DigestOne): Line {
  const who = by === undefined ? '' : ` Changed by: ${by}.`;
  return {
    label: severity.toUpperCase(),
    text: `${called} ${name} (${account}, ${region}): ${title}.${text === '' ? '' : ` ${text}`}${who}`,
  };
}

function waiverSections({ waivers }: Digest): (NewsWords | undefined)[] {
  const { expiring, moreExpiring, unused, moreUnused } = waivers;
  const line = ({ control, resource, until, approvedBy }: (typeof expiring)[number]): Line => ({
    label: until,
    text: `${control} on ${resource}, approved by ${approvedBy}`,
  });
  return [
    listSection('Waivers that end within 14 days', expiring.map(line), moreExpiring),
    listSection('Waivers that have covered nothing for 30 days', unused.map(line), moreUnused),
  ];
}

function mutedSection({ muted }: Digest): (NewsWords | undefined)[] {
  const lines = muted.map(({ what, name, by, until, reason, heldBack }) => ({
    label: what,
    text: `${name} until ${utc(until)}, by ${by}: ${reason}. ${counted(heldBack, 'change')} not told`,
  }));
  return [listSection('Muted', lines, 0)];
}

function listSection(title: string, lines: readonly Line[], more: number): NewsWords | undefined {
  if (lines.length === 0) return undefined;
  const rest = more > 0 ? [`${more} of them are not listed here.`] : [];
  return words(`${title}: ${lines.length + more}`, rest, lines);
}

function plainSection(title: string, sentences: readonly string[]): NewsWords | undefined {
  return sentences.length === 0 ? undefined : words(title, sentences, []);
}

function standings({ controls, moreControls, clusters, moreClusters }: Digest): (NewsWords | undefined)[] {
  const byCluster = clusters.map((one) => ({
    label: 'Cluster',
    text: `${one.name} (${one.account}, ${one.region}): ${stands(one, one.change)}`,
  }));
  const byControl = controls.map((one) => ({
    label: 'Control',
    text: `${one.control}: ${stands(one, one.change)}, ${one.pass} pass`,
  }));
  return [
    listSection('Clusters that are not in order', byCluster, moreClusters),
    listSection('Controls that are not met', byControl, moreControls),
  ];
}

function stands({ fail, unknown, waived }: Omit<Standing, 'pass'>, change: number | undefined): string {
  return `${fail} fail${signed(change)}, ${unknown} unknown, ${waived} waived`;
}

function since(now: number, before: number | undefined): string {
  return before === undefined ? '' : signed(now - before);
}

/** Nothing for no change. */
function signed(change: number | undefined): string {
  if (change === undefined || change === 0) return '';
  return ` (${change > 0 ? '+' : '-'}${Math.abs(change)})`;
}

function words(title: string, sentences: readonly string[], lines: readonly Line[]): NewsWords {
  return { title, sentences, lines, waiver: [], page: '' };
}
