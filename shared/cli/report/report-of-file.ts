import { readFileSync } from 'node:fs';
import type { Baseline } from '../../baseline/baseline.ts';
import { isReport, readReport } from '../../reports/formats/read-report.ts';
import type { Report } from '../../reports/report.ts';
import { unreadable } from '../../runtime/text-file.ts';
import { reportOfSnapshot } from '../reporting/report-of-snapshot.ts';

/** The report of a file: one that was written as JSON is taken as it is, a snapshot is judged by the baseline. */
export async function reportOfFile(file: string, baseline: () => Baseline): Promise<Report> {
  const bytes = bytesOf(file);
  const text = bytes.toString('utf8');
  return claimsReport(text) ? readReport(text, file) : reportOfSnapshot(file, baseline());
}

function bytesOf(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw unreadable(file, error);
  }
}

/** A report that was cut off is still told as one: the mark stands among its first lines. */
function claimsReport(text: string): boolean {
  try {
    return isReport(JSON.parse(text));
  } catch (error) {
    if (error instanceof SyntaxError) return /"format":\s*"eks-warden report"/.test(text);
    throw error;
  }
}
