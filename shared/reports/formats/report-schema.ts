import { z } from 'zod';
import { SEVERITIES } from '../../controls/define-control.ts';
import { STATES } from '../../findings/finding.ts';
import { KIND_NAMES } from '../../resources/resource.ts';
import { VERDICTS } from '../report.ts';
import { MARK } from './json.ts';

const SEVERITY = z.enum(SEVERITIES);
const TIME = z.number().min(0).max(8.64e15).describe('Milliseconds since 1970, UTC.');
const WORDS = z.array(z.string());
const WHY = z.looseObject({
  why: z.string(),
  missing: z.string().optional().describe('The permission that a read lacked, as service:Action.'),
});
const SCOPE = z.looseObject({
  account: z.string(),
  region: z.string().describe('global for IAM.'),
  complete: z.boolean().describe('False where something could not be listed.'),
  unread: z.array(WHY.extend({ kind: z.string() })),
});
const IDS = WORDS.optional();
const CONTROL = z.looseObject({
  id: z.string(),
  group: z.string(),
  title: z.string(),
  severity: SEVERITY,
  why: z.string(),
  howToFix: z.string(),
  fix: z.enum(['auto', 'approve', 'manual', 'none']),
  references: z.looseObject({ cis: IDS, securityHub: IDS, nist: IDS, pci: IDS }),
  notJudged: z.string().optional().describe('What it does not judge of its catalogue entry.'),
});
const ACTOR = z.looseObject({ principal: z.string(), channel: z.string(), person: z.string().optional() });
const VERDICT = z.looseObject({
  id: z.string().describe('The finding: the same in every run and in the table of the hub.'),
  control: z.string(),
  verdict: z.enum(VERDICTS),
  severity: SEVERITY,
  resource: z.looseObject({ kind: z.enum(KIND_NAMES), id: z.string(), account: z.string(), region: z.string() }),
  clusters: WORDS,
  tags: z.record(z.string(), z.string()),
  said: z.array(
    z.looseObject({
      reason: z.string(),
      severity: SEVERITY,
      text: z.string(),
      data: z.record(z.string(), z.union([z.string(), z.number()])),
    }),
  ),
  shows: z.string().optional().describe('The judged value in words.'),
  unread: WHY.optional().describe('Why it is unknown.'),
  waiver: z
    .looseObject({ reason: z.string(), until: z.string(), approvedBy: z.string(), ticket: z.string().optional() })
    .optional(),
  plan: IDS.describe('What a fix would call, in order.'),
  state: z.enum(STATES).optional().describe('As the table of the hub has it.'),
  firstSeen: TIME.optional(),
  since: TIME.optional(),
  cause: z
    .looseObject({ eventId: z.string(), event: z.string(), time: z.number(), actor: ACTOR })
    .optional()
    .describe('The change that brought it about.'),
  fix: z.looseObject({ id: z.string(), status: z.string() }).optional(),
});
const RUN = z.looseObject({
  format: z.literal(MARK.format),
  schema: z.literal(MARK.schema),
  version: z.string().describe('Of eks-warden.'),
  at: TIME,
  source: z.enum(['scan', 'snapshot', 'table']),
  partial: z.string().optional().describe('Why it is incomplete: what is missing is not in order.'),
  calls: z.record(z.string(), z.number()).optional().describe('Calls to AWS, by action.'),
});

/** The JSON format, as `docs/formats.md` describes it. Fields that are not known are kept: later versions add some. */
export const REPORT_SCHEMA = RUN.extend({
  scopes: z.array(SCOPE),
  controls: z.array(CONTROL),
  verdicts: z.array(VERDICT).describe('The worst first.'),
});

const LINE = z.discriminatedUnion('type', [
  RUN.extend({ type: z.literal('report') }),
  SCOPE.extend({ type: z.literal('scope') }),
  VERDICT.extend({ type: z.literal('verdict') }),
]);

/** JSON Schema of the formats `json` (the whole) and `jsonl` (each line, in `$defs`). */
export function reportJsonSchema(): Record<string, unknown> {
  const { $schema: _, ...line } = z.toJSONSchema(LINE, { io: 'input' });
  const whole = z.toJSONSchema(REPORT_SCHEMA, { io: 'input' });
  return { title: 'eks-warden report', ...whole, $defs: { line: { title: 'A line of jsonl', ...line } } };
}
