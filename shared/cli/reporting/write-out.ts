import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Format, fileNameOf, render } from '../../reports/formats/index.ts';
import { redacted } from '../../reports/formats/redact.ts';
import type { Report } from '../../reports/report.ts';
import { UserMistake } from '../../runtime/errors.ts';
import type { Output } from '../output.ts';
import { reportText } from '../report/tell-text.ts';
import { plain } from '../terminal.ts';
import { missingText } from './missing.ts';
import type { TellingOptions } from './options.ts';

/** Tells a report in the formats that were asked for: to the output, or each into a file of its own. */
export function tellReport(
  whole: Report,
  options: Pick<TellingOptions, 'format' | 'outputDirectory' | 'redact'>,
  output: Output,
): void {
  const { format: formats = options.outputDirectory === undefined ? ['text'] : ['text', 'json'], outputDirectory } =
    options;
  if (outputDirectory === undefined && formats.length > 1) {
    throw new UserMistake('Several formats need a folder: add --output-directory.');
  }
  const report = options.redact ? redacted(whole) : whole;
  const here = (format: Format) => output.out(render(report, format).replace(/\n$/, ''));
  for (const format of formats) {
    if (format === 'text') output.out(forPeople(report, output));
    else if (outputDirectory === undefined) here(format);
    else {
      try {
        output.err(`Written: ${plain(written(report, format, outputDirectory))}`);
      } catch (error) {
        // What was read may have taken long: it is kept where the output goes.
        here(format);
        throw error;
      }
    }
  }
}

/** Before anything is asked of AWS: what cannot be told is a mistake then. */
export function checkTelling({
  format = [],
  outputDirectory,
}: Pick<TellingOptions, 'format' | 'outputDirectory'>): void {
  if (outputDirectory !== undefined) folder(outputDirectory);
  else if (format.length > 1) throw new UserMistake('Several formats need a folder: add --output-directory.');
}

function forPeople(report: Report, output: Output): string {
  return [reportText(report, output), missingText(report)].filter(Boolean).join('\n\n');
}

/** Either the whole file is there or none: what a full disk cut off would pass for a short report. */
function written(report: Report, format: Format, directory: string): string {
  const file = join(directory, fileNameOf(report, format));
  const part = `${file}.${process.pid}.part`;
  try {
    writeFileSync(part, render(report, format));
    renameSync(part, file);
  } catch (error) {
    rmSync(part, { force: true });
    throw unwritable(file, error);
  }
  return file;
}

function folder(directory: string): void {
  try {
    mkdirSync(directory, { recursive: true });
  } catch (error) {
    throw unwritable(directory, error);
  }
}

const WHY: Readonly<Record<string, string>> = {
  ENOSPC: 'The disk is full',
  EDQUOT: 'The disk is full',
  EACCES: 'You may not write there',
  EPERM: 'You may not write there',
  EROFS: 'You may not write there',
  ENOENT: 'There is no such folder',
  ENOTDIR: 'A file stands where a folder is meant',
  EEXIST: 'A file stands where a folder is meant',
  EISDIR: 'That is a folder',
};

/** What the file system refuses to write, as one sentence. */
export function unwritable(file: string, error: unknown): UserMistake {
  const { code = 'unknown' } = error as NodeJS.ErrnoException;
  return new UserMistake(`${file} cannot be written: ${WHY[code] ?? code}.`, { cause: error });
}
