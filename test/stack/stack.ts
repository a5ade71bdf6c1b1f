import { setTimeout as wait } from 'node:timers/promises';
import { GetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import type { Item } from '../../shared/aws/world.ts';
import type { Finding, ResourceState } from '../../shared/findings/finding.ts';
import { keyOf, type Resource } from '../../shared/resources/resource.ts';
import type { SignedRequest } from '../support/cloud/audited/index.ts';
import { type SlackReceiver, slackReceiver } from '../support/cloud/own/slack-receiver.ts';
import { type AuditedStand, auditedAccounts, put } from './audited.ts';
import { type Clients, clientsOf } from './clients.ts';
import { type Deployed, lookAtStack } from './deployed.ts';
import type { Running } from './emulator/process.ts';
import { startMiniStack, startMoto } from './emulators.ts';
import { fillMoto, MOTO, type MotoAccount } from './moto-account.ts';
import { MEMBER } from './place.ts';
import { sessionsOf } from './sessions.ts';
import { startWire, type Wire } from './wire/wire.ts';

export interface Stack extends AsyncDisposable {
  emulator: Running;
  moto: Running;
  wire: Wire;
  slack: SlackReceiver;
  audited: AuditedStand;
  /** The other account, which moto answers for. */
  member: MotoAccount;
  clients: Clients;
  /** What the last `look` found deployed. */
  deployed: Deployed;
  /** Looks at what is deployed now, and lets its functions in. */
  look(name?: string): Promise<Deployed>;
  /** An event on the default bus of its account and region. */
  put(event: Readonly<Record<string, unknown>>): Promise<void>;
  /** All rows of a resource, or of another partition. */
  rowsOf(of: Resource | string): Promise<Item[]>;
  state(resource: Resource): Promise<ResourceState | undefined>;
  finding(control: string, resource: Resource): Promise<Finding | undefined>;
  /** Messages of a queue: to be had, in flight, delayed. */
  messages(queue: string): Promise<{ waiting: number; inFlight: number; delayed: number }>;
}

/** Starts everything that a deployment needs, and nothing of the deployment itself. */
export async function startStack(venvs: { ministack: string; moto: string }): Promise<Stack> {
  const parts = new AsyncDisposableStack();
  const sessions = sessionsOf();
  const slack = parts.adopt(await slackReceiver(() => Date.now()), (one) => one.stop());
  const upstream = { emulator: '', moto: '' };
  let audited: AuditedStand | undefined;
  const wire = parts.adopt(
    await startWire({
      principalOf: sessions.principalOf,
      mayRead: sessions.may,
      isAudited: (service) => audited?.cloud.handles(service) === true && service !== 'sts',
      answer(asked) {
        const isOurs =
          audited?.cloud.handles(asked.service) && asked.service !== 'sts' && !isMotos(asked.account, asked.service);
        return isOurs ? audited?.cloud.answer(asked satisfies SignedRequest) : undefined;
      },
      upstream: (account, service) => (isMotos(account, service) ? upstream.moto : upstream.emulator),
      onAnswer: sessions.learn,
    }),
    (one) => one.stop(),
  );
  const moto = parts.adopt(await startMoto(venvs.moto), (one) => one.stop());
  const emulator = parts.adopt(await startMiniStack(venvs.ministack, wire.url), (one) => one.stop());
  Object.assign(upstream, { emulator: emulator.url, moto: moto.url });
  audited = auditedAccounts(emulator.url, sessions.principalOf);
  const member = await fillMoto(wire.url, audited.cloud);
  const clients = clientsOf(emulator.url);
  const deployed: Deployed[] = [];
  const now = () => {
    const [last] = deployed;
    if (last === undefined) throw new Error('Nothing is deployed.');
    return last;
  };

  const stack: Stack = {
    ...{ emulator, moto, wire, slack, audited, member, clients },
    get deployed() {
      return now();
    },
    async look(name = 'eks-warden') {
      const found = await lookAtStack(clients, name);
      deployed.unshift(found);
      sessions.letIn(found);
      return found;
    },
    put: (event) => put(emulator.url, event),
    rowsOf: (of) => rowsOf(clients, now().nameOf('FindingsTable'), typeof of === 'string' ? of : keyOf(of)),
    async state(resource) {
      const Key = marshall({ pk: keyOf(resource), sk: 'state' });
      const asked = { TableName: now().nameOf('FindingsTable'), ConsistentRead: true, Key };
      const { Item: item } = await clients.dynamodb.send(new GetItemCommand(asked));
      return item && (unmarshall(item) as ResourceState);
    },
    finding: async (control, resource) => (await stack.state(resource))?.findings[control],
    async messages(queue) {
      const asked = { QueueUrl: now().nameOf(queue), AttributeNames: ['All' as const] };
      const { Attributes: got = {} } = await clients.sqs.send(new GetQueueAttributesCommand(asked));
      return {
        waiting: Number(got.ApproximateNumberOfMessages),
        inFlight: Number(got.ApproximateNumberOfMessagesNotVisible),
        delayed: Number(got.ApproximateNumberOfMessagesDelayed),
      };
    },
    [Symbol.asyncDispose]: () => parts.disposeAsync(),
  };
  return stack;
}

/** The other account is moto's truth; only its EKS and trails are ours. */
const isMotos = (account: string, service: string) => account === MEMBER && MOTO.includes(service);

async function rowsOf({ dynamodb }: Clients, TableName: string, pk: string): Promise<Item[]> {
  const { Items = [] } = await dynamodb.send(
    new QueryCommand({
      TableName,
      ConsistentRead: true,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: marshall({ ':pk': pk }),
    }),
  );
  return Items.map((item) => unmarshall(item) as Item);
}

/**
 * Waits until something is there, and says what for where it never comes: a busy machine is no fault, so it is patient.
 * `look` is asked often, by a dozen scenarios at once: one that reads a whole table keeps the emulator from its work.
 */
export async function until<T>(
  what: string,
  look: () => Promise<T | undefined | false> | T | undefined | false,
  seconds = 120,
): Promise<T> {
  const last = Date.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > last) throw new Error(`This did not come within ${seconds} s: ${what}.`);
    await wait(100);
  }
}
