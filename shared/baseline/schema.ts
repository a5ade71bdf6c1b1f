import { z } from 'zod';
import { type AnyControl, SEVERITIES } from '../controls/define-control.ts';
import { MODES, WHEN } from './baseline.ts';

const account = z
  .string()
  .regex(/^\d{12}$/, 'an account id of twelve digits')
  .meta({ description: 'An account id: twelve digits, in quotes.' });
const region = z
  .string()
  .regex(/^(?:global|[a-z]{2,3}(?:-[a-z]+)+-\d)$/, 'a region such as eu-west-1, or global')
  .meta({ description: 'A region such as eu-west-1; global for IAM.' });
const name = z.string().min(1).max(80);
const sentence = z.string().trim().min(1).max(500);
const tags = z.record(z.string().min(1).max(128), z.string().max(256));
const clusterName = z.string().regex(/^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$/, 'the name of a cluster');
const clusterPattern = z
  .string()
  .regex(
    /^(?:glob:[0-9A-Za-z_*-]+|[0-9A-Za-z][A-Za-z0-9_-]{0,99})$/,
    'the name of a cluster, or glob: and a pattern such as prod-*',
  )
  .meta({ description: 'A cluster name, or glob: and a pattern in which * stands for anything.' });

function settingsOf(controls: readonly AnyControl[], root: boolean) {
  return Object.fromEntries(controls.map((control) => [control.id, settingOf(control, root).optional()]));
}

/** A mode alone, or a mapping; in a scope every key of it may be left out. */
function settingOf({ title, params }: AnyControl, root: boolean) {
  const mode = z.enum(MODES);
  const fields = Object.entries(params.shape).map(([key, field]) => [key, z.optional(field as z.ZodType)]);
  const rest = {
    severity: z.enum(SEVERITIES).optional().describe('Replaces the severity of every message of the control.'),
    params: z.strictObject(Object.fromEntries(fields) as Record<string, z.ZodType>).optional(),
    always: z.boolean().optional().describe('Fixes run although code such as Terraform owns the resource.'),
  };
  const mapping = root ? z.strictObject({ mode, ...rest }) : z.strictObject({ mode: mode.optional(), ...rest });
  return z.union([mode, mapping]).describe(title);
}

const selectors = z.strictObject({
  accounts: z.array(account).min(1).optional(),
  regions: z.array(region).min(1).optional(),
  clusters: z.array(clusterPattern).min(1).optional(),
  tags: tags.optional(),
});

const waiver = (controls: readonly AnyControl[]) =>
  z.strictObject({
    control: idOf(controls),
    resource: z.string().min(1).describe('account#region#kind#id, or glob: and such a key with * in it.'),
    reason: sentence,
    ticket: sentence.optional(),
    requestedBy: sentence,
    approvedBy: sentence.describe('Another person than requestedBy.'),
    until: z.iso.date().describe('The last day (UTC) on which it holds, at most 365 days from today.'),
  });

const route = (controls: readonly AnyControl[], groups: readonly string[]) =>
  z.strictObject({
    name,
    when: z.enum(WHEN).describe('At once, or in the daily digest.'),
    severities: z.array(z.enum(SEVERITIES)).min(1).optional(),
    groups: z.array(z.enum(groups)).min(1).optional(),
    controls: z.array(idOf(controls)).min(1).optional(),
    accounts: z.array(account).min(1).optional(),
    clusters: z.array(clusterName).min(1).optional(),
    tags: tags.optional(),
    to: z.array(z.enum(['email', 'slack', 'chat'])).min(1),
    also: z
      .array(z.enum(['resolved', 'waived']))
      .optional()
      .describe('What e-mail also tells of, beyond failures.'),
    slackChannel: z
      .string()
      .regex(/^[#A-Za-z0-9][\p{L}\p{N}_-]{0,79}$/u, 'a Slack channel such as #security')
      .optional(),
  });

function idOf(controls: readonly AnyControl[]) {
  return z.enum(controls.map(({ id }) => id));
}

/** The shape of `baseline.yml` for one catalogue: what a file is checked against, and its JSON Schema. */
export function baselineSchema(controls: readonly AnyControl[], groups: readonly string[]) {
  return z.strictObject({
    catalogue: z
      .int()
      .min(1)
      .describe('The catalogue version this file was written for; newer controls start in observe.'),
    accounts: z.array(account).optional().describe('Accounts that are watched; none: only the one installed in.'),
    controls: z.strictObject(settingsOf(controls, true)).describe('The mode of each control; one left out is off.'),
    scopes: z
      .array(z.strictObject({ name, where: selectors, controls: z.strictObject(settingsOf(controls, false)) }))
      .optional()
      .describe('Where other settings hold; a later scope wins over an earlier.'),
    waivers: z.array(waiver(controls)).optional(),
    routes: z
      .array(route(controls, groups))
      .optional()
      .describe('Who gets what; every route that selects a notice gets it.'),
    remindAfter: z
      .int()
      .min(0)
      .max(30)
      .optional()
      .describe('Days after which a critical finding that nobody acknowledged is told again; 0: never. Without it 1.'),
    remediation: z
      .strictObject({
        killSwitch: z
          .string()
          .regex(/^\/[A-Za-z0-9._/-]{1,500}$/, 'the name of an SSM parameter such as /eks-warden/fixes')
          .optional()
          .describe('The SSM parameter that must say on before any fix runs.'),
        fixesPerHour: z.int().min(0).max(1000).optional().describe('Most fixes in an account within an hour.'),
        accounts: z.array(account).optional().describe('Accounts that may be fixed; none: all that are watched.'),
      })
      .optional(),
  });
}

/** A baseline as written and found valid: what the package step bundles and `compileBaseline` takes. */
export type BaselineFile = z.input<ReturnType<typeof baselineSchema>>;
export type Setting = NonNullable<BaselineFile['controls'][string]>;
export type Selectors = z.input<typeof selectors>;
