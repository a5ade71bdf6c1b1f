import { type Priced, priceOf } from './prices.ts';

/** What one thing takes, on average: measured, not guessed. A look's AWS reads cost nothing but time. */
export interface Work {
  /** Messages put onto the rechecks queue. */
  rechecks: number;
  /** Looks that read AWS; the others end after one read of the table. */
  looks: number;
  awsReads: number;
  /** Of those reads, how many had to wait for another: the rest run beside each other. */
  rounds: number;
  readUnits: number;
  writeUnits: number;
}

/** How a function is deployed, and what each of its invocations writes to its log. */
export interface Running {
  gigabytes: number;
  logBytes: number;
}

/** What cannot be counted on a laptop; each is stated wherever a figure that rests on it is shown. */
export interface Assumptions {
  /** Milliseconds that AWS takes to answer a read. */
  awsRead: number;
  /** Milliseconds of one call of our own table or queue. */
  ownCall: number;
  /** Share of the events whose look opens or closes a finding: it is announced. */
  newsworthy: number;
  /** Messages that an invocation takes from its queue. */
  batch: number;
}

export const ASSUMED: Assumptions = { awsRead: 60, ownCall: 5, newsworthy: 0.1, batch: 1 };

export interface CostLine {
  item: string;
  quantity: number;
  dollars: number;
}

export type Functions = Readonly<Record<'locate' | 'evaluate' | 'announce' | 'post', Running>>;

/** What so many relevant events cost: those that pass the rules. `forwarded` of them (0 to 1) come from another region or account. */
export function costOfEvents(
  events: number,
  work: Work,
  functions: Functions,
  forwarded: number,
  assumed: Assumptions = ASSUMED,
): CostLine[] {
  const rechecks = events * work.rechecks;
  const news = events * assumed.newsworthy;
  const located = spent(
    events / assumed.batch,
    functions.locate,
    (1 + work.rechecks) * assumed.ownCall * assumed.batch,
  );
  const perRecheck = (work.rounds * assumed.awsRead) / Math.max(1, work.rechecks) + 3 * assumed.ownCall;
  const judged = spent(rechecks / assumed.batch, functions.evaluate, perRecheck * assumed.batch);
  const announced = spent(news, functions.announce, 5 * assumed.ownCall);
  const posted = spent(news, functions.post, 300);
  const runs = [located, judged, announced, posted];
  return [
    line('EventBridge: events from other regions and accounts', 'forwardedEvents', events * forwarded),
    line(
      'SQS: send, receive and delete',
      'queueRequests',
      messages(events, assumed) + messages(rechecks, assumed) + 3 * news,
    ),
    line('Lambda: invocations', 'invocations', total(runs, 'invocations')),
    line('Lambda: GB-seconds', 'gigabyteSeconds', total(runs, 'gigabyteSeconds')),
    line('DynamoDB: read units', 'readUnits', events * work.readUnits),
    line('DynamoDB: write units', 'writeUnits', events * work.writeUnits + news * 4),
    line('SNS: notices published', 'published', news),
    line('CloudWatch Logs: GB', 'logGigabytes', total(runs, 'logBytes') / 1e9),
  ];
}

/** What stands in an account whether or not anything happens. */
export interface Standing {
  alarms: number;
  /** Lambda asks each with five requests at once that wait 20 s. */
  polledQueues: number;
  metrics: number;
  keys: number;
  secrets: number;
  /** Of the table. */
  gigabytes: number;
}

/** Seconds. */
const MONTH = 30 * 86_400;

export function costOfStanding({ alarms, polledQueues, metrics, keys, secrets, gigabytes }: Standing): CostLine[] {
  return [
    line('SQS: asking empty queues', 'queueRequests', polledQueues * 5 * (MONTH / 20)),
    line('CloudWatch: alarms', 'alarms', alarms),
    line('CloudWatch: metrics', 'metrics', metrics),
    line('KMS: keys', 'keys', keys),
    line('Secrets Manager: secrets', 'secrets', secrets),
    line('DynamoDB: GB stored', 'tableGigabytes', gigabytes),
    line('DynamoDB: GB of point-in-time recovery', 'recoveryGigabytes', gigabytes),
  ];
}

/** One night's sweep of so many resources, `work` being that of one look. */
export function costOfSweep(
  resources: number,
  scopes: number,
  work: Work,
  { gigabytes, logBytes }: Running,
  assumed: Assumptions = ASSUMED,
): CostLine[] {
  const seconds = (resources * (work.rounds * assumed.awsRead + 2 * assumed.ownCall)) / 1000;
  const invocations = Math.max(scopes, seconds / 600) + 2;
  return [
    line('Lambda: invocations', 'invocations', invocations),
    line('Lambda: GB-seconds', 'gigabyteSeconds', seconds * gigabytes),
    line('DynamoDB: read units', 'readUnits', resources * work.readUnits),
    line('DynamoDB: write units', 'writeUnits', resources * work.writeUnits),
    line('Step Functions: transitions', 'transitions', scopes * 3 + 5),
    line('CloudWatch Logs: GB', 'logGigabytes', (invocations * logBytes) / 1e9),
  ];
}

/** Adds up lines of the same item, `times` over. */
export function summed(parts: readonly { lines: readonly CostLine[]; times?: number }[]): CostLine[] {
  const sums = new Map<string, CostLine>();
  for (const { lines, times = 1 } of parts) {
    for (const { item, quantity, dollars } of lines) {
      const before = sums.get(item) ?? { item, quantity: 0, dollars: 0 };
      sums.set(item, { item, quantity: before.quantity + quantity * times, dollars: before.dollars + dollars * times });
    }
  }
  return [...sums.values()];
}

export function dollarsOf(lines: readonly CostLine[]): number {
  return lines.reduce((sum, { dollars }) => sum + dollars, 0);
}

interface Spent {
  invocations: number;
  gigabyteSeconds: number;
  logBytes: number;
}

function spent(invocations: number, { gigabytes, logBytes }: Running, milliseconds: number): Spent {
  const gigabyteSeconds = (invocations * gigabytes * milliseconds) / 1000;
  return { invocations, gigabyteSeconds, logBytes: invocations * logBytes };
}

function total(runs: readonly Spent[], what: keyof Spent): number {
  return runs.reduce((sum, run) => sum + run[what], 0);
}

/** A message is sent alone; receiving and deleting are shared by a batch. */
function messages(count: number, { batch }: Assumptions): number {
  return count + (2 * count) / batch;
}

function line(item: string, what: Priced, quantity: number): CostLine {
  return { item, quantity, dollars: priceOf(what, quantity) };
}
