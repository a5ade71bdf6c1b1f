/** What the platform team decides about a deployment: `deploy.yml`, validated and with its defaults filled in. */
export interface Deployment {
  /** The stack's name; two of them can stand side by side. */
  name: string;
  /** Where the hub stands. */
  region: string;
  /** Who gets notices and alarms by mail; it must be confirmed once. */
  email: string;
  /** Other regions that are watched in our own account, besides the hub's and the partition's IAM region. */
  regions: readonly string[];
  /** The organisation whose accounts may deliver events; without it the accounts of the baseline are named one by one. */
  organization?: string;
  /** ARN of the secret that holds `{webhook}` or `{token, channel}`; without it nothing goes to Slack. */
  slackSecret?: string;
  /** ARN of a key for everything that is kept; without it a key of our own, and those of the services. */
  kmsKey?: string;
  /** ARN of a policy that bounds every role of ours. */
  permissionsBoundary?: string;
  /** Of every role of ours; begins and ends with a slash. */
  rolePath: string;
  /** What audited accounts ask for when their roles are assumed. */
  externalId?: string;
  tags: Readonly<Record<string, string>>;
  vpc?: { subnets: readonly string[]; securityGroups: readonly string[] };
  sweep: {
    /** Every night at this time: `HH:MM` in `timeZone`, at most `window` minutes later. */
    at: string;
    timeZone: string;
    window: number;
  };
  /** Days that logs are kept. */
  logDays: number;
  /** Whether the table outlives the stack. */
  keepTable: boolean;
}
