import { z } from 'zod';
import { SEVERITIES } from '../../controls/define-control.ts';
import { type Report, VERDICTS } from '../../reports/report.ts';
import { KIND_NAMES } from '../../resources/resource.ts';
import { UserMistake } from '../../runtime/errors.ts';
import { textOf } from '../../runtime/text-file.ts';

const said = z.looseObject({
  reason: z.string(),
  severity: z.enum(SEVERITIES),
  text: z.string(),
  data: z.record(z.string(), z.union([z.string(), z.number()])),
});
const reported = z.looseObject({
  id: z.string(),
  control: z.string(),
  verdict: z.enum(VERDICTS),
  severity: z.enum(SEVERITIES),
  resource: z.object({ kind: z.enum(KIND_NAMES), id: z.string(), account: z.string(), region: z.string() }),
  clusters: z.array(z.string()),
  said: z.array(said),
  plan: z.array(z.string()).optional(),
});
const report = z.looseObject({
  version: z.string(),
  at: z.number(),
  source: z.enum(['scan', 'snapshot', 'table']),
  scopes: z.array(z.looseObject({ account: z.string(), region: z.string(), complete: z.boolean() })),
  controls: z.array(z.looseObject({ id: z.string() })),
  verdicts: z.array(reported),
});

/** A report that a scan wrote as JSON. What is used of it is checked; a file that is none ends the command with a sentence. */
export function reportFrom(file: string): Report {
  const parsed = report.safeParse(jsonOf(file));
  if (parsed.success) return parsed.data as unknown as Report;
  const { path = [], message = '' } = parsed.error.issues[0] ?? {};
  throw new UserMistake(
    `${file} is no report of eks-warden (${path.join('.') || 'the file'}: ${message}): write one with scan --format json.`,
  );
}

function jsonOf(file: string): unknown {
  try {
    return JSON.parse(textOf(file));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new UserMistake(`${file} is no JSON: write a report with scan --format json.`, { cause: error });
  }
}
