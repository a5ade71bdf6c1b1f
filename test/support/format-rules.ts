import { z } from 'zod';

/** UTC, with a zone: `2026-11-21T03:00:00.000Z`. */
const utc = z.iso.datetime();
const some = z.string().min(1);
const message = z.strictObject({ text: some });
const level = z.enum(['none', 'note', 'warning', 'error']);
/** A reference as RFC 3986 has it: what is not allowed is encoded. */
const reference = z.string().regex(/^(?:[A-Za-z0-9\-._~!$&'()*+,;=:@/]|%[0-9A-F]{2})+$/);

const rule = z.strictObject({
  id: some,
  shortDescription: message,
  fullDescription: message,
  help: message,
  defaultConfiguration: z.strictObject({ level }),
  properties: z.strictObject({
    tags: z.array(some).refine((tags) => new Set(tags).size === tags.length, 'twice the same tag'),
    'security-severity': z.string().regex(/^(?:10\.0|\d\.\d)$/),
    requirements: z.array(some),
  }),
});

const result = z.strictObject({
  ruleId: some,
  ruleIndex: z.int().min(0),
  kind: z.enum(['fail', 'open']),
  level,
  message,
  locations: z
    .array(
      z.strictObject({
        physicalLocation: z.strictObject({
          artifactLocation: z.strictObject({ uri: reference }),
          region: z.strictObject({ startLine: z.int().min(1) }),
        }),
        logicalLocations: z
          .array(z.strictObject({ name: some, fullyQualifiedName: some, kind: z.literal('resource') }))
          .min(1),
      }),
    )
    .min(1),
  partialFingerprints: z.record(some, some),
  suppressions: z
    .array(
      z.strictObject({
        kind: z.enum(['inSource', 'external']),
        status: z.enum(['accepted', 'underReview', 'rejected']),
        justification: some,
      }),
    )
    .min(1)
    .optional(),
  properties: z.strictObject({ severity: some, clusters: z.array(z.string()), cause: z.string() }),
});

/** What SARIF 2.1.0 asks of the part of it that is written. A result of a kind other than `fail` has no level. */
export const SARIF_RULES = z.strictObject({
  $schema: z.url(),
  version: z.literal('2.1.0'),
  runs: z
    .array(
      z
        .strictObject({
          tool: z.strictObject({
            driver: z.strictObject({
              name: some,
              version: some,
              semanticVersion: z.string().regex(/^\d+\.\d+\.\d+$/),
              rules: z.array(rule).refine((rules) => new Set(rules.map(({ id }) => id)).size === rules.length, 'twice'),
            }),
          }),
          columnKind: z.enum(['utf16CodeUnits', 'unicodeCodePoints']),
          invocations: z.array(
            z.strictObject({
              executionSuccessful: z.boolean(),
              endTimeUtc: utc,
              toolExecutionNotifications: z.array(z.strictObject({ level, message })),
            }),
          ),
          results: z.array(result.refine(({ kind, level: told }) => kind === 'fail' || told === 'none', 'a level')),
        })
        .refine(
          ({ tool, results }) => results.every((each) => tool.driver.rules[each.ruleIndex]?.id === each.ruleId),
          'a result names another rule than its index',
        ),
    )
    .min(1),
});

const milliseconds = z.int().min(Date.UTC(2000, 0));
const named = z.strictObject({ name: z.string(), value: z.string() });
const WORDS = {
  severity: ['Unknown', 'Informational', 'Low', 'Medium', 'High', 'Critical', 'Fatal'],
  status: ['Unknown', 'New', 'In Progress', 'Suppressed', 'Resolved', 'Archived', 'Deleted'],
  compliance: ['Unknown', 'Pass', 'Warning', 'Fail'],
  activity: ['Unknown', 'Create', 'Update', 'Close'],
} as const;
const OTHER = 99;
const isNamed = (words: readonly string[], id: number, word: string) => id === OTHER || words[id] === word;

/** What the class Compliance Finding (2003) of OCSF 1.6.0 with the profile `cloud` asks of the fields that are written. */
export const OCSF_RULES = z
  .strictObject({
    activity_id: z.int(),
    activity_name: some,
    category_uid: z.literal(2),
    category_name: z.literal('Findings'),
    class_uid: z.literal(2003),
    class_name: z.literal('Compliance Finding'),
    type_uid: z.int(),
    time: milliseconds,
    severity_id: z.int(),
    severity: some,
    status_id: z.int(),
    status: some,
    comment: some.optional(),
    message: some,
    metadata: z.strictObject({
      version: z.literal('1.6.0'),
      profiles: z.tuple([z.literal('cloud')]),
      product: z.strictObject({ name: some, vendor_name: some, version: some }),
      event_code: some,
    }),
    cloud: z.strictObject({
      provider: z.literal('AWS'),
      region: some,
      account: z.strictObject({ uid: some, type_id: z.literal(10), type: z.literal('AWS Account') }),
    }),
    compliance: z.strictObject({
      control: some,
      desc: some,
      requirements: z.array(some),
      standards: z.array(some).min(1),
      status_id: z.int(),
      status: some,
      status_details: z.array(some).optional(),
      status_code: some.optional(),
    }),
    finding_info: z.strictObject({
      uid: some,
      title: some,
      desc: some.optional(),
      types: z.array(some),
      first_seen_time: milliseconds.optional(),
      created_time: milliseconds.optional(),
      modified_time: milliseconds.optional(),
    }),
    remediation: z.strictObject({ desc: some }).optional(),
    resources: z
      .array(
        z.strictObject({
          uid: some,
          name: z.string(),
          type: some,
          region: some,
          cloud_partition: some,
          labels: z.array(some).optional(),
          tags: z.array(named).optional(),
        }),
      )
      .min(1),
    unmapped: z.record(some, z.string()),
  })
  .refine(({ type_uid, class_uid, activity_id }) => type_uid === class_uid * 100 + activity_id, 'type_uid')
  .refine(({ severity_id, severity }) => isNamed(WORDS.severity, severity_id, severity), 'severity')
  .refine(({ status_id, status }) => isNamed(WORDS.status, status_id, status), 'status')
  .refine(({ activity_id, activity_name }) => isNamed(WORDS.activity, activity_id, activity_name), 'activity')
  .refine(({ compliance }) => isNamed(WORDS.compliance, compliance.status_id, compliance.status), 'compliance');
