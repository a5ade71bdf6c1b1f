import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { Output } from '../../shared/cli/output.ts';
import { counted, plain } from '../../shared/cli/terminal.ts';
import { findingsPage } from '../../shared/reports/findings-page.ts';
import { UserMistake } from '../../shared/runtime/errors.ts';
import { type Compared, comparedAgain } from './again/again.ts';
import type { Arguments } from './arguments.ts';
import { functionsFor } from './functions.ts';
import { pageOf } from './page/page-of.ts';
import { play } from './play/play.ts';
import { printer } from './print/printer.ts';
import { homeOf } from './story/home.ts';
import { readStory } from './story/read-story.ts';
import type { Story } from './story/schema.ts';
import { type Sums, sumsOf } from './sums.ts';

const RUNS = 100;
const BUILD = join(import.meta.dirname, '..', '..', '.build', 'demo');

/** Packages, plays, prints, writes the page and plays again; throws what is wrong with the story before anything is played. */
export async function demo({ story: file, page }: Arguments, output: Output): Promise<void> {
  const story = readStory(textOf(file), pathFrom(file));
  const { out, colour, width = 100 } = output;
  opening(story, output);
  const { handlers, baseline, matches } = await functionsFor(story, BUILD);
  const home = homeOf(story);
  const paper = printer({ out, colour, width }, home);
  const played = await play(story, { handlers, matches }, paper.entry);
  try {
    paper.end();
    const sums = sumsOf(played.entries);
    writePage(page, findingsPage(pageOf(played, sums)));
    out('');
    for (const line of sumLines(sums)) out(` ${line}`);
    for (const line of comparedLines(await comparedAgain(played, baseline, RUNS), sums, output)) out(` ${line}`);
    out(` The page of findings: ${colour.cyan(pathFrom(page))}`);
  } finally {
    await played.world.close();
  }
}

function opening(story: Story, { out, colour }: Output): void {
  const { account, region } = homeOf(story);
  out(colour.bold(plain(story.title)));
  out(
    colour.dim(
      `${story.start.slice(0, 10)} in account ${account}, ${region}; times are UTC, and pass faster than yours.`,
    ),
  );
}

function sumLines({ events, deliveries, looks, reads, findings, unknown, proven, notices, posts }: Sums): string[] {
  const twice = deliveries > events ? ` in ${deliveries} deliveries` : '';
  const found = [
    counted(findings, 'finding'),
    ...(unknown > 0 ? [`${unknown} unknown for a while`] : []),
    ...(proven > 0 ? [`${proven} proven ${proven === 1 ? 'fix' : 'fixes'}`] : []),
    `${counted(notices, 'notice')} and ${counted(posts, 'post')} to Slack`,
  ];
  return [
    `${counted(events, 'event')}${twice}, ${counted(looks, 'look')} with ${counted(reads, 'read')}`,
    found.join(', '),
  ];
}

/** As a person would type it from here. */
function pathFrom(file: string): string {
  const path = relative(process.cwd(), file);
  return path === '' || path.startsWith('..') ? file : path;
}

function comparedLines({ runs, different, digest }: Compared, { events }: Sums, { colour }: Output): string[] {
  const how = `The same ${counted(events, 'event')} tripled and shuffled ${runs} times:`;
  const end =
    different === 0
      ? colour.green('the same table')
      : colour.red(`${different} of ${runs} tables differ from this one`);
  return [`${how} ${end},`, colour.dim(`sha256 ${digest}`)];
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UserMistake(`The story ${file} cannot be read: ${error instanceof Error ? error.message : 'unknown'}.`, {
      cause: error,
    });
  }
}

function writePage(file: string, page: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, page);
  } catch (error) {
    throw new UserMistake(
      `The page ${file} cannot be written: ${error instanceof Error ? error.message : 'unknown'}.`,
      {
        cause: error,
      },
    );
  }
}
