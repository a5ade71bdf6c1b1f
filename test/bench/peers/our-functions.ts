import { join } from 'node:path';
import { DescribeClusterCommand, EKSClient } from '@aws-sdk/client-eks';
import { CreateQueueCommand, DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Context, SQSEvent } from 'aws-lambda';
import { MINUTE } from '../../../shared/runtime/clock.ts';
import type { SampleEvent } from '../../support/samples.ts';
import { LAMBDA_CONTEXT } from '../lambda-context.ts';
import type { Counts } from './traffic.ts';

/** One event as the packaged functions take it, run as Lambda runs them, in a process of their own. */
export interface OurEvent {
  locateSeconds: number;
  locateCalls: number;
  evaluateSeconds: number;
  evaluateCalls: number;
}

type Handler = (event: SQSEvent, context: Context) => Promise<{ batchItemFailures: unknown[] }>;

const [folder = '', proxy = ''] = process.argv.slice(2);
const QueueUrl = process.env.RECHECKS_QUEUE ?? '';

const eks = new EKSClient({});
const sqs = new SQSClient({});
await sqs.send(new CreateQueueCommand({ QueueName: QueueUrl.slice(QueueUrl.lastIndexOf('/') + 1) }));
const load = async (name: string) => (await import(join(folder, name, 'index.mjs'))).handler as Handler;
const [locate, evaluate] = [await load('locate-change'), await load('evaluate-resource')];

function messages(bodies: readonly string[]): SQSEvent {
  const attributes = { SentTimestamp: String(Date.now()), ApproximateReceiveCount: '1' };
  const records = bodies.map((body, index) => ({ messageId: `${index}`, body, attributes }));
  return { Records: records as unknown as SQSEvent['Records'] };
}

/** All that waits in the queue now, taken out of it. */
async function taken(): Promise<string[]> {
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
  for (const { ReceiptHandle } of Messages) await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
  const bodies = Messages.map(({ Body = '' }) => Body);
  return bodies.length === 0 ? [] : [...bodies, ...(await taken())];
}

const calls = async () => ((await (await fetch(`${proxy}/_counts`)).json()) as Counts).calls;

async function timed(handler: Handler, event: SQSEvent): Promise<{ seconds: number; calls: number }> {
  const before = await calls();
  const began = performance.now();
  const { batchItemFailures } = await handler(event, LAMBDA_CONTEXT);
  const seconds = (performance.now() - began) / 1000;
  if (batchItemFailures.length > 0) throw new Error('A message came back.');
  return { seconds, calls: (await calls()) - before };
}

/** Later than it is, so that no look waits for the one before it. */
let ahead = 0;
const now = Date.now;
Date.now = () => now() + ahead;

/** What is known of a cluster changes, as its event says. */
async function change(name: string, deletionProtection: boolean): Promise<void> {
  const patch = { [`/clusters/${name}`]: { cluster: { deletionProtection } } };
  await fetch(`${proxy}/_lost`, { method: 'POST', body: JSON.stringify(patch) });
  // Remembered again before anything is timed.
  await eks.send(new DescribeClusterCommand({ name }));
}

/** The look that the event asks for; those that follow at what the cluster uses are other messages, and left out. */
async function one(event: SampleEvent): Promise<OurEvent> {
  await taken();
  const located = await timed(locate, messages([JSON.stringify(event)]));
  const rechecks = (await taken()).filter((body) => JSON.parse(body).resource.id === nameIn(event));
  if (rechecks.length !== 1) throw new Error(`The event asked for ${rechecks.length} looks at its cluster.`);
  const looked = await timed(evaluate, messages(rechecks));
  return {
    ...{ locateSeconds: located.seconds, locateCalls: located.calls },
    ...{ evaluateSeconds: looked.seconds, evaluateCalls: looked.calls },
  };
}

const nameIn = ({ detail }: SampleEvent) => (detail.requestParameters as { name: string }).name;

process.on('message', async (events: readonly SampleEvent[]) => {
  for (const event of events) {
    await change(nameIn(event), true);
    await one({ ...event, detail: { ...event.detail, eventID: `${event.detail.eventID}-before` } });
  }
  ahead += 5 * MINUTE;
  const all: OurEvent[] = [];
  for (const event of events) {
    await change(nameIn(event), false);
    all.push(await one(event));
  }
  process.send?.(all);
});
