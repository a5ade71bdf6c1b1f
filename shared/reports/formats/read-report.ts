import { UserMistake } from '../../runtime/errors.ts';
import type { Report } from '../report.ts';
import { MARK } from './json.ts';
import { REPORT_SCHEMA } from './report-schema.ts';

/** The report that `render(report, 'json')` wrote into this text. Throws a `UserMistake` that says what is wrong with the file. */
export function readReport(text: string, file: string): Report {
  const value = parsed(text, file);
  if (!isReport(value)) {
    throw new UserMistake(`${file}: That is no report of eks-warden: name one that was written with --format json.`);
  }
  if (isLater(value)) {
    throw new UserMistake(`${file}: A later version of eks-warden wrote this report: update eks-warden to read it.`);
  }
  const read = REPORT_SCHEMA.safeParse(value);
  if (!read.success) {
    const [first] = read.error.issues;
    throw new UserMistake(
      `${file}: This report was changed after it was written (${first?.path.join('.')}: ${first?.message}): write it again.`,
    );
  }
  const { format: _, schema: __, ...report } = read.data;
  return report as unknown as Report;
}

/** Whether a text says of itself that it is a report of ours, be it whole or not. */
export function claimsReport(text: string): boolean {
  const value = jsonIn(text);
  return value === undefined ? MARKED.test(text.slice(0, MOST_HEAD)) : isReport(value);
}

/** Before the mark stand only short fields: the file has its keys in order. */
const MOST_HEAD = 20_000;
const MARKED = /[{,]\s*"format":\s*"eks-warden report"/;

function isReport(value: unknown): value is { format: string; schema?: unknown } {
  return typeof value === 'object' && value !== null && 'format' in value && value.format === MARK.format;
}

function isLater({ schema }: { schema?: unknown }): boolean {
  return typeof schema === 'number' && schema > MARK.schema;
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UserMistake(`${file}: ${whyNoJson(text)}`, { cause: error });
  }
}

function whyNoJson(text: string): string {
  const [first = ''] = text.split('\n', 1);
  if (isReport(jsonIn(first))) return 'That is a report as JSON lines: only --format json can be read back.';
  if (claimsReport(text)) return 'This report was cut off: write it again, or copy it whole.';
  return 'It is no JSON: name a report that was written with --format json.';
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
