import { z } from 'zod';
import { SEVERITIES } from '../../controls/define-control.ts';
import { KIND_NAMES } from '../../resources/resource.ts';
import { UserMistake } from '../../runtime/errors.ts';
import { type Report, VERDICTS } from '../report.ts';
import { MARK } from './json.ts';

const SEVERITY = z.enum(SEVERITIES);
const WHY = z.looseObject({ why: z.string(), missing: z.string().optional() });
const SCOPE = z.looseObject({
  account: z.string(),
  region: z.string(),
  complete: z.boolean(),
  unread: z.array(WHY.extend({ kind: z.string() })),
});
const IDS = z.array(z.string()).optional();
const CONTROL = z.looseObject({
  id: z.string(),
  group: z.string(),
  title: z.string(),
  severity: SEVERITY,
  why: z.string(),
  howToFix: z.string(),
  fix: z.enum(['auto', 'approve', 'manual', 'none']),
  references: z.looseObject({ cis: IDS, securityHub: IDS, nist: IDS, pci: IDS }),
  notJudged: z.string().optional(),
});
const TIME = z.number().optional();
const ACTOR = z.looseObject({ principal: z.string(), channel: z.string(), person: z.string().optional() });
const VERDICT = z.looseObject({
  id: z.string(),
  control: z.string(),
  verdict: z.enum(VERDICTS),
  severity: SEVERITY,
  resource: z.looseObject({ kind: z.enum(KIND_NAMES), id: z.string(), account: z.string(), region: z.string() }),
  clusters: z.array(z.string()),
  tags: z.record(z.string(), z.string()),
  said: z.array(z.looseObject({ reason: z.string(), severity: SEVERITY, text: z.string() })),
  shows: z.string().optional(),
  unread: WHY.optional(),
  waiver: z.looseObject({ reason: z.string(), until: z.string(), approvedBy: z.string() }).optional(),
  plan: IDS,
  firstSeen: TIME,
  since: TIME,
  cause: z.looseObject({ eventId: z.string(), event: z.string(), time: z.number(), actor: ACTOR }).optional(),
});
/** The JSON format, as `docs/formats.md` describes it. Fields that are not known are kept: later versions add some. */
export const REPORT_SCHEMA = z.looseObject({
  format: z.literal(MARK.format),
  schema: z.literal(MARK.schema),
  version: z.string(),
  at: z.number().min(0).max(8.64e15),
  source: z.enum(['scan', 'snapshot', 'table']),
  scopes: z.array(SCOPE),
  controls: z.array(CONTROL),
  verdicts: z.array(VERDICT),
  partial: z.string().optional(),
  calls: z.record(z.string(), z.number()).optional(),
});

/** The report that `render(report, 'json')` wrote into this text. Throws a `UserMistake` that says what is wrong with the file. */
export function readReport(text: string, file: string): Report {
  const value = parsed(text, file);
  if (!isReport(value)) {
    throw new UserMistake(`${file}: That is no report: name one that was written with --format json.`);
  }
  const read = REPORT_SCHEMA.safeParse(value);
  if (!read.success) {
    const [first] = read.error.issues;
    throw new UserMistake(
      `${file}: It cannot be read as a report of this version: ${first?.path.join('.')}: ${first?.message}.`,
    );
  }
  const { format: _, schema: __, ...report } = read.data;
  return report as unknown as Report;
}

/** Whether a JSON value says of itself that it is a report of ours. */
export function isReport(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'format' in value && value.format === MARK.format;
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UserMistake(`${file}: It is no JSON, or it was cut off.`, { cause: error });
  }
}
