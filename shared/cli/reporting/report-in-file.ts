import { readFileSync } from 'node:fs';
import type { Baseline } from '../../baseline/baseline.ts';
import { claimsReport, readReport } from '../../reports/formats/read-report.ts';
import type { Report } from '../../reports/report.ts';
import { textOf, unreadable } from '../../runtime/text-file.ts';
import { reportOfSnapshot } from './report-of-snapshot.ts';
import { type Selection, selectedOf } from './selection.ts';

/** A report that was written as JSON. Each sort of file that is none ends the command with a sentence of its own. */
export function reportIn(file: string): Report {
  return readReport(textOf(file), file);
}

/** The report of a file: one that was written as JSON is taken as it is, a snapshot is judged by the baseline. */
export async function reportOfFile(file: string, baseline: () => Baseline, selection: Selection = {}): Promise<Report> {
  const text = bytesOf(file).toString('utf8');
  if (!claimsReport(text)) return reportOfSnapshot(file, baseline(), selection);
  return selectedOf(readReport(text, file), selection);
}

function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw unreadable(file, error);
  }
}
