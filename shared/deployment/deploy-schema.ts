import { z } from 'zod';

/** The periods for which CloudWatch Logs keeps logs. */
export const LOG_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;
const EMAIL = /^[^\s@<>(),;:"]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,63}$/;

/** The shape of a region's name; whether there is one of this name only AWS knows. */
const region = z
  .string()
  .regex(/^[a-z]{2,3}(?:-[a-z]+)+-\d{1,2}$/, 'a region such as eu-west-1')
  .meta({ description: 'A region such as eu-west-1.' });

const email = z
  .string()
  .superRefine((value, context) => {
    if (value === '') {
      context.addIssue('is empty: write the address that gets notices and alarms, such as security@example.org.');
    } else if (!EMAIL.test(value)) {
      context.addIssue(`${JSON.stringify(value)} is no e-mail address: write one such as security@example.org.`);
    }
  })
  .meta({ description: 'Gets notices and alarms, once it has confirmed the subscription.', format: 'email' });

const arn = (service: string, resource: string, example: string) =>
  z
    .string()
    .regex(new RegExp(`^arn:aws(?:-us-gov|-cn)?:${service}:${resource}$`), `the ARN of ${example}`)
    .meta({ description: `The ARN of ${example}.` });

/** What AWS takes in a tag. */
export const TAG_TEXT = /^[\p{L}\p{Z}\p{N}_.:/=+@-]*$/u;
const tags = z
  .record(z.string(), z.string().max(256).regex(TAG_TEXT, 'letters, digits, spaces and _.:/=+-@'))
  .describe('On everything that is made; at most 40.');

const vpc = z
  .strictObject({
    subnets: z
      .array(z.string().regex(/^subnet-[0-9a-f]{8,17}$/, 'the id of a subnet such as subnet-0a1b2c3d4e5f67890'))
      .min(1)
      .max(16),
    securityGroups: z
      .array(z.string().regex(/^sg-[0-9a-f]{8,17}$/, 'the id of a security group such as sg-0a1b2c3d4e5f67890'))
      .min(1)
      .max(5),
  })
  .describe('Where the functions run, if they may not run outside a network of yours.');

const sweep = z
  .strictObject({
    at: z
      .string()
      .regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'a time of day such as "02:30"')
      .optional()
      .describe('The time of day, HH:MM; without it 02:30.'),
    timeZone: z.string().min(1).optional().describe('Such as Europe/Dublin; without it UTC.'),
    window: z.int().min(0).max(1440).optional().describe('Minutes within which it begins; without it 30.'),
  })
  .describe('The nightly look at everything.');

/** The shape of `deploy.yml`: what a file is checked against, and its JSON Schema. */
export const deploySchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,29}$/, 'a name of at most 30 small letters, digits and hyphens, such as eks-warden')
    .optional()
    .describe('The name of the stack; without it eks-warden.'),
  region: region.describe('Where eks-warden itself stands.'),
  email,
  regions: z.array(region).optional().describe('Other regions that are watched in the same account.'),
  organization: z
    .string()
    .regex(/^o-[a-z0-9]{10,32}$/, 'the id of an organisation such as o-a1b2c3d4e5')
    .optional()
    .describe('The organisation whose accounts may deliver events.'),
  slackSecret: arn(
    'secretsmanager',
    String.raw`[a-z0-9-]+:\d{12}:secret:[\w/+=.@-]{1,512}`,
    'a secret in Secrets Manager',
  ).optional(),
  kmsKey: arn('kms', String.raw`[a-z0-9-]+:\d{12}:key/[A-Za-z0-9-]{1,128}`, 'a KMS key, not of an alias').optional(),
  permissionsBoundary: arn('iam', String.raw`:(?:\d{12}|aws):policy/[\w/+=,.@-]{1,640}`, 'an IAM policy').optional(),
  rolePath: z
    .string()
    .max(512)
    .regex(/^\/(?:[\w+=,.@-]+\/)*$/, 'a path that begins and ends with a slash, such as /security/')
    .optional()
    .describe('Of every role of ours; without it /.'),
  externalId: z
    .string()
    .regex(/^[\w+=,.@:/-]{2,1224}$/, 'an external id: 2 to 1,224 letters, digits and +=,.@:/-_')
    .optional()
    .describe('What audited accounts ask for when their roles are assumed.'),
  tags: tags.optional(),
  vpc: vpc.optional(),
  sweep: sweep.optional(),
  logDays: z.literal(LOG_DAYS).optional().describe('Days that logs are kept; without it 90.'),
  keepTable: z.boolean().optional().describe('Whether the table of findings outlives the stack; without it true.'),
});

/** A `deploy.yml` as written and found valid. */
export type DeployFile = z.input<typeof deploySchema>;

/** JSON Schema of `deploy.yml` for editors: what `$schema=` in the file's first line points at. */
export function deployJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(deploySchema, { io: 'input', target: 'draft-7', unrepresentable: 'any' });
  return { title: 'eks-warden deployment', ...schema };
}
