import { randomBytes } from 'node:crypto';
import { existsSync, mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { anonymized } from '../../aws/snapshot/anonymize.ts';
import { writeSnapshot } from '../../aws/snapshot/file.ts';
import type { Snapshot } from '../../aws/snapshot/snapshot.ts';
import { UserMistake } from '../../runtime/errors.ts';
import { EXIT, type Output } from '../output.ts';
import { missingText } from '../reporting/missing.ts';
import { progressLine } from '../reporting/progress.ts';
import { recordedScan, type Scanned } from '../reporting/report-of-scan.ts';
import { endNow, stoppable } from '../reporting/stopping.ts';
import { unwritable } from '../reporting/write-out.ts';
import { scanOptions } from '../scan/scan.ts';
import { counted, plain } from '../terminal.ts';
import type { SnapshotCommandOptions } from './command.ts';
import { publicWords } from './public-words.ts';

/** Reads what a scan reads, writes it, and sets the process's exit code. */
export async function takeSnapshot(file: string, options: SnapshotCommandOptions, output: Output): Promise<void> {
  checkPlace(file);
  const stopping = stoppable();
  const line = progressLine();
  const note = (text: string) => output.err(output.colour.yellow(plain(text)));
  let taken: Scanned;
  try {
    taken = await recordedScan(scanOptions(options), { stop: stopping.signal, tell: line.tell, note });
  } finally {
    line.end();
  }
  const snapshot = options.anonymize === undefined ? taken.snapshot : withPseudonyms(taken, options.anonymize);
  await writeSnapshot(file, snapshot, true).catch(async (error: unknown) => {
    throw await keptElsewhere(snapshot, unwritable(file, error));
  });
  output.out(`${plain(file)}: ${counted(snapshot.reads.length, 'read')} of ${placesOf(taken)}.`);
  stopping.release();
  tellGaps(taken, stopping.signal.aborted, output);
}

/** What took so many reads is kept where temporary files go, if there is room, and the mistake says where. */
async function keptElsewhere(snapshot: Snapshot, mistake: UserMistake): Promise<UserMistake> {
  try {
    const file = join(mkdtempSync(join(tmpdir(), 'eks-warden-')), 'snapshot.json.gz');
    await writeSnapshot(file, snapshot, true);
    return new UserMistake(`${mistake.message} What was read is in ${file}.`, { cause: mistake });
  } catch {
    return mistake;
  }
}

function withPseudonyms({ snapshot }: Scanned, key: string | true) {
  return anonymized(snapshot, { key: key === true ? randomBytes(32).toString('hex') : key, kept: publicWords() });
}

/** Before anything is asked of AWS. */
function checkPlace(file: string): void {
  const folder = dirname(file);
  if (!existsSync(folder)) throw new UserMistake(`${file} cannot be written: There is no such folder.`);
  if (existsSync(file) && statSync(file).isDirectory()) throw new UserMistake(`${file}: That is a folder.`);
}

function placesOf({ report }: Scanned): string {
  const regions = report.scopes.filter(({ region }) => region !== 'global');
  return `${counted(regions.length, 'region')} and IAM`;
}

function tellGaps({ report }: Scanned, isStopped: boolean, output: Output): void {
  const missing = missingText(report);
  if (missing !== '') output.err(missing);
  if (report.partial !== undefined) {
    output.err(`eks-warden: ${plain(report.partial)} The file holds what was read by then.`);
    endNow(isStopped ? EXIT.stopped : EXIT.failed);
    return;
  }
  const isWhole = report.scopes.every(({ complete }) => complete) && missing === '';
  process.exitCode = isWhole ? EXIT.fine : EXIT.incomplete;
}
