import { spawnSync } from 'node:child_process';
import { dirname, resolve } from 'node:path';
import type { Waiver } from '../../baseline/baseline.ts';
import { readyBaseline } from '../../baseline/compile.ts';
import { known } from '../../baseline/load.ts';
import { globOf, keyParts, matchesKey } from '../../baseline/pattern.ts';
import { readBaseline } from '../../baseline/read.ts';
import type { BaselineFile } from '../../baseline/schema.ts';
import { oneOf } from '../../baseline/suggest.ts';
import { writtenOut } from '../../baseline/write-out.ts';
import { CATALOGUE } from '../../controls/catalogue.ts';
import type { Report } from '../../reports/report.ts';
import { keyOf } from '../../resources/resource.ts';
import { BaselineError, UserMistake } from '../../runtime/errors.ts';
import { firstOf, textOf } from '../../runtime/text-file.ts';
import { controlNamed, theOne, type Wanted, wantedOf } from '../explain/find.ts';
import type { Output } from '../output.ts';
import { plain } from '../terminal.ts';
import { changedLines } from './changed-lines.ts';
import type { WaiveOptions } from './command.ts';
import { withWaiver } from './insert.ts';
import { replaceFile } from './replace-file.ts';

/** Writes a waiver into the baseline, or says in a sentence why not; then nothing is written. */
export async function waive(
  words: readonly string[],
  options: WaiveOptions,
  output: Output,
  now: number,
): Promise<void> {
  const { file, text } = ownBaseline(options.baseline);
  const before = checked(text, file, now);
  const report = await reportFor(options, before);
  const what = await covered(words, options, report);
  const waiver = waiverOf(what, options, file);
  refuseWhatIsNoUse(waiver, before, file, report);
  const changed = withWaiver(text, waiver);
  checkedWith(changed, file, now, before);
  if (!options.dryRun) replaceFile(file, changed);
  output.out(changedLines(file, text, changed, output));
  output.err(
    options.dryRun
      ? 'Nothing was written (--dry-run).'
      : plain(
          `${file} is written. It holds from the next deployment on (npm run deploy), until the end of ${waiver.until} (UTC).`,
        ),
  );
}

/** Only a file of the person's own is written: never the shipped one from elsewhere. */
function ownBaseline(named = process.env.EKS_WARDEN_BASELINE): { file: string; text: string } {
  if (named !== undefined) return { file: named, text: textOf(named) };
  const found = firstOf(['baseline.yml']);
  if (found !== undefined) return found;
  throw new UserMistake(
    'There is no baseline.yml here: run this where it is, or name it with --baseline before waive.',
  );
}

function checked(text: string, file: string, now: number): BaselineFile {
  const read = readBaseline(text, known(now));
  if ('problems' in read) throw new BaselineError(file, read.problems);
  return read.data;
}

/** What is wrong with the new waiver is told by what is wrong with the file that would have it. */
function checkedWith(text: string, file: string, now: number, before: BaselineFile): void {
  const read = readBaseline(text, known(now));
  if (!('problems' in read)) return;
  const own = `waivers[${(before.waivers ?? []).length}].`;
  const sentences = read.problems.map(({ problem }) => inOptions(problem.replace(own, '')));
  throw new UserMistake(`${file} is as it was. ${sentences.join(' ')}`);
}

const OPTIONS: Readonly<Record<string, string>> = { approvedBy: '--approver', requestedBy: '--requester' };

/** `approvedBy: must be …` as the person typed it. */
function inOptions(problem: string): string {
  const [, key = '', rest = problem] = /^(\w+): (.*)$/s.exec(problem) ?? [];
  return `${OPTIONS[key] ?? (key === 'resource' ? 'The resource' : `--${key}`)} ${rest.replace(/\brequestedBy\b/, '--requester')}`;
}

async function reportFor({ from, snapshot }: WaiveOptions, data: BaselineFile): Promise<Report | undefined> {
  if (from !== undefined) return (await import('../reporting/report-in-file.ts')).reportIn(from);
  if (snapshot === undefined) return undefined;
  const { reportOfSnapshot } = await import('../reporting/index.ts');
  return reportOfSnapshot(snapshot, readyBaseline(writtenOut(data, CATALOGUE), CATALOGUE));
}

/** The control, and the resource or pattern, that the words mean. */
async function covered(
  words: readonly string[],
  options: WaiveOptions,
  report: Report | undefined,
): Promise<{ control: string; resource: string }> {
  const [first = '', name] = words;
  if (words.length > 2)
    throw new UserMistake(`Too many words: ${words.slice(2).join(' ')}. See npx eks-warden waive --help`);
  if (name !== undefined && keyParts(globOf(name) ?? name) !== undefined) {
    return { control: controlNamed(first).id, resource: name };
  }
  const wanted = wantedOf(words);
  if ('id' in wanted) return { control: wanted.control.id, resource: keyOf(wanted.resource) };
  const { resource } = await found(wanted, options, report);
  return { control: wanted.control.id, resource: keyOf(resource) };
}

async function found(wanted: Wanted, options: WaiveOptions, report: Report | undefined) {
  if (report !== undefined) return theOne(wanted, report.verdicts, options.from ?? options.snapshot ?? '');
  const { explainedInTable } = await import('../explain/in-table.ts');
  return (await explainedInTable(wanted, options, options.baseline)).reported;
}

function waiverOf(what: { control: string; resource: string }, options: WaiveOptions, file: string): Waiver {
  const { reason, ticket, until, approver: approvedBy } = options;
  const requestedBy = options.requester ?? mailInGit(file);
  return { ...what, reason, ...(ticket === undefined ? {} : { ticket }), requestedBy, approvedBy, until };
}

function mailInGit(file: string): string {
  const { stdout, status } = spawnSync('git', ['config', 'user.email'], {
    cwd: dirname(resolve(file)),
    encoding: 'utf8',
  });
  const mail = status === 0 ? stdout.trim() : '';
  if (mail !== '') return mail;
  throw new UserMistake('Say who asks for it: --requester (git knows no e-mail address here).');
}

/** What would stand in the file and cover nothing, or is there already. */
function refuseWhatIsNoUse(
  { control, resource, until }: Waiver,
  data: BaselineFile,
  file: string,
  report: Report | undefined,
): void {
  const same = data.waivers?.findIndex((each) => each.control === control && each.resource === resource) ?? -1;
  const there = data.waivers?.[same];
  if (there !== undefined && there.until >= until) {
    throw new UserMistake(
      `${file} waives it until ${there.until} already (waivers[${same}]): there is nothing to add.`,
    );
  }
  const { accounts = [] } = data;
  const account = keyParts(globOf(resource) ?? resource)?.[0] ?? '';
  if (accounts.length > 0 && /^\d{12}$/.test(account) && !accounts.includes(account)) {
    throw new UserMistake(
      `The account ${account} is not watched, so this would cover nothing: it is one of ${oneOf(accounts)}, or add it to accounts first.`,
    );
  }
  if (report === undefined) return;
  const judged = report.verdicts.filter((each) => each.control === control);
  if (judged.some((each) => matchesKey(resource, keyOf(each.resource)))) return;
  const some = judged.slice(0, 5).map((each) => keyOf(each.resource));
  const have =
    some.length === 0
      ? 'It was judged on nothing.'
      : `It was judged on ${some.join(', ')}${judged.length > 5 ? ' and others' : ''}.`;
  throw new UserMistake(`${resource} covers nothing that ${control} was judged on, so it is not written. ${have}`);
}
