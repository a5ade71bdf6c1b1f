import { z } from 'zod';

/** Some text, and at most this many characters in whatever unit they are counted. */
const text = (most: number) =>
  z
    .string()
    .regex(/\S/)
    .refine((value) => Buffer.byteLength(value) <= most, `longer than ${most}`);
/** As the API takes times: RFC 3339 in UTC. */
const time = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/);
const account = z.string().regex(/^\d{12}$/);
const partition = z.enum(['aws', 'aws-cn', 'aws-us-gov']);
const region = text(16);
const fields = (key: number, value: number) =>
  z.record(text(key), text(value)).refine((all) => Object.keys(all).length <= 50, 'more than 50');

/** What Security Hub's API says of a finding that is imported: required fields, lengths, words. No other field may stand in it. */
export const ASFF_RULES = z.strictObject({
  SchemaVersion: z.literal('2018-10-08'),
  Id: text(512),
  ProductArn: z.string().regex(/^arn:aws[a-z-]*:securityhub:[a-z0-9-]+:\d{12}:product\/\d{12}\/default$/),
  GeneratorId: text(512),
  AwsAccountId: account,
  Region: region,
  Types: z.array(z.string().regex(/^[^/]+(?:\/[^/]+){0,2}$/)).max(50),
  CreatedAt: time,
  UpdatedAt: time,
  Severity: z.strictObject({ Label: z.enum(['INFORMATIONAL', 'LOW', 'MEDIUM', 'HIGH', 'CRITICAL']) }),
  Title: text(256),
  Description: text(1024),
  Remediation: z.strictObject({ Recommendation: z.strictObject({ Text: text(512) }) }).optional(),
  ProductFields: fields(128, 2048).optional(),
  Resources: z
    .array(
      z.strictObject({
        Type: text(256),
        Id: text(512),
        Partition: partition,
        Region: region,
        Tags: z
          .record(
            text(128),
            z.string().refine((value) => Buffer.byteLength(value) <= 256),
          )
          .refine((all) => Object.keys(all).length <= 50)
          .optional(),
      }),
    )
    .min(1)
    .max(32),
  Compliance: z.strictObject({
    Status: z.enum(['PASSED', 'WARNING', 'FAILED', 'NOT_AVAILABLE']),
    RelatedRequirements: z.array(text(64)).min(1).max(32).optional(),
  }),
  Workflow: z.strictObject({ Status: z.enum(['NEW', 'NOTIFIED', 'RESOLVED', 'SUPPRESSED']) }),
  RecordState: z.enum(['ACTIVE', 'ARCHIVED']),
  Note: z.strictObject({ Text: text(512), UpdatedBy: text(512), UpdatedAt: time }).optional(),
});
