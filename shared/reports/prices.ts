/**
 * AWS's list prices in us-east-1, in dollars, as its pricing pages give them; without free tiers. Most other commercial
 * regions are up to a fifth dearer.
 */
export const PRICES = {
  /** Amazon SQS, standard: a million requests. */
  queueRequests: 0.4,
  /** AWS Lambda: a million requests; a GB-second on arm64. */
  invocations: 0.2,
  gigabyteSeconds: 0.000_013_333_4,
  /** Amazon DynamoDB, on demand: a million units of 1 KB written, of 4 KB read; a GB-month. */
  writeUnits: 0.625,
  readUnits: 0.125,
  tableGigabytes: 0.25,
  /** Point-in-time recovery of the table: a GB-month. */
  recoveryGigabytes: 0.2,
  /** Amazon EventBridge: a million events put onto another region's or account's bus; AWS's own on the default bus are free. */
  forwardedEvents: 1,
  /** Amazon CloudWatch: a GB of logs; a metric-month; an alarm-month. */
  logGigabytes: 0.5,
  metrics: 0.3,
  alarms: 0.1,
  /** Amazon SNS: a million messages published; deliveries to queues are free, a hundred thousand e-mails cost 2. */
  published: 0.5,
  emails: 20,
  /** AWS Step Functions, standard: a million transitions. */
  transitions: 25,
  /** AWS KMS: a key-month; a million requests. AWS Secrets Manager: a secret-month. */
  keys: 1,
  keyRequests: 3,
  secrets: 0.4,
} as const;
export type Priced = keyof typeof PRICES;

/** Prices that are for a million. */
const MILLIONS: ReadonlySet<Priced> = new Set([
  'queueRequests',
  'invocations',
  'writeUnits',
  'readUnits',
  'forwardedEvents',
  'published',
  'emails',
  'transitions',
  'keyRequests',
]);

export function priceOf(what: Priced, quantity: number): number {
  return (PRICES[what] * quantity) / (MILLIONS.has(what) ? 1e6 : 1);
}
