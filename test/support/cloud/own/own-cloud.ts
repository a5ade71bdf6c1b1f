import type { DynamoDBRecord } from 'aws-lambda';
import type { Item } from '../../../../shared/aws/world.ts';
import type { Clock } from '../../../../shared/runtime/clock.ts';
import { startDynalite } from './dynalite.ts';
import { dynamodb } from './dynamodb.ts';
import { faulty, type OwnFaultRule, ownFaults } from './faults.ts';
import { createFindingsTable, itemsOf } from './findings-table.ts';
import { localServer, signedRequest } from './server.ts';
import { sns, type TopicDesk } from './sns.ts';
import { type QueueDesk, sqs } from './sqs.ts';
import { states } from './states.ts';
import { secretsManager, ssm, type Values } from './stored-values.ts';
import { type ItemChange, streamRecord } from './stream-record.ts';
import { type Audited, OwnFault, type OwnService, type Reply, type SignedRequest, targetOf } from './wire.ts';

/** One call that came in. `operation` is empty for a service that is audited and names it in its path. */
export interface CloudCall {
  at: number;
  service: string;
  operation: string;
  region: string;
  accessKey: string;
  method: string;
  path: string;
  /** The status of the answer, or what happened instead. */
  outcome: number | 'drop' | 'hang';
}

export interface OwnCloudOptions {
  now: Clock;
  account: string;
  region: string;
  table: string;
  queues: QueueDesk;
  publish: TopicDesk;
  /** What answers for every service that is not ours. */
  audited?: Audited | undefined;
  onRecord?: (record: DynamoDBRecord) => void;
  onCall?: (call: CloudCall) => void;
}

export interface OwnCloud {
  /** For `AWS_ENDPOINT_URL`. */
  url: string;
  parameters: Values;
  secrets: Values;
  /** Names of the executions that state machines were asked for, each once. */
  executions: Map<string, string>;
  /** Every call, in the order of its answers. */
  calls: CloudCall[];
  /** Makes something go wrong; returns what undoes it. */
  fault(rule: OwnFaultRule): () => void;
  /** Every item of the findings table, by pk and sk. */
  items(): Promise<Item[]>;
  stop(): Promise<void>;
}

/** Our own side of AWS behind one port of 127.0.0.1: queues, topic, parameters, secrets and the table with its stream. */
export async function startOwnCloud(options: OwnCloudOptions): Promise<OwnCloud> {
  const { now, table, audited, queues, publish, onCall } = options;
  const db = await startDynalite();
  await createFindingsTable(db, table);
  const parameters: Values = new Map();
  const secrets: Values = new Map();
  const executions = new Map<string, string>();
  const faults = ownFaults();
  const calls: CloudCall[] = [];
  const services: Readonly<Record<string, OwnService>> = {
    sqs: sqs(queues),
    sns: sns(publish),
    ssm: ssm(parameters),
    secretsmanager: secretsManager(secrets),
    states: states(executions),
    dynamodb: dynamodb(db, recorder(options)),
  };

  const server = await localServer(now, async (incoming, body) => {
    const request = signedRequest(incoming, body);
    if (request === undefined) return { status: 403, headers: {}, body: 'The request is not signed.' };
    const reply = await answered(request, services, faults, audited);
    const call = callOf(request, services, reply, now());
    calls.push(call);
    onCall?.(call);
    return reply;
  });

  return {
    url: server.url,
    parameters,
    secrets,
    executions,
    calls,
    fault: faults.add,
    items: () => itemsOf(db, table),
    async stop() {
      await server.stop();
      await db.stop();
    },
  };
}

/** Numbers the writes and tells of those that a stream has a record of. */
function recorder({ now, account, region, onRecord }: OwnCloudOptions): (change: ItemChange) => void {
  const place = { account, region, since: now() };
  let writes = 0;
  return (change) => {
    writes += 1;
    const record = streamRecord(change, writes, now(), place);
    if (record !== undefined) onRecord?.(record);
  };
}

async function answered(
  request: SignedRequest,
  services: Readonly<Record<string, OwnService>>,
  faults: ReturnType<typeof ownFaults>,
  audited: Audited | undefined,
): Promise<Reply> {
  const service = services[request.service];
  if (service === undefined) {
    if (audited?.handles(request.service)) return audited.answer(request);
    return { status: 400, headers: {}, body: JSON.stringify({ __type: 'UnknownService', message: request.service }) };
  }
  const kind = faults.of(`${request.service}:${service.operationOf(request)}`, request.body);
  if (kind !== undefined) return faulty(kind, service, request);
  try {
    return await service.answer(request);
  } catch (fault) {
    if (fault instanceof OwnFault) return service.error(fault);
    throw fault;
  }
}

function callOf(
  request: SignedRequest,
  services: Readonly<Record<string, OwnService>>,
  reply: Reply,
  at: number,
): CloudCall {
  const { service, region, accessKey, method, path, body } = request;
  const form = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded');
  const action = form ? new URLSearchParams(body).get('Action') : undefined;
  const operation = services[service]?.operationOf(request) ?? (targetOf(request) || (action ?? ''));
  const outcome = typeof reply === 'string' ? reply : reply.status;
  return { at, service, operation, region, accessKey, method, path, outcome };
}

/** How often each operation was called: `{ 'dynamodb:PutItem': 3 }`, in order of name. */
export function countsOf(calls: readonly CloudCall[]): Record<string, number> {
  const groups = Map.groupBy(
    calls,
    ({ service, operation, method, path }) => `${service}:${operation || `${method} ${path}`}`,
  );
  const counts = [...groups].map(([name, those]) => [name, those.length] as const);
  return Object.fromEntries(counts.sort(([a], [b]) => (a < b ? -1 : 1)));
}
