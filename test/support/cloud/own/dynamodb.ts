import type { AttributeValue } from 'aws-lambda';
import type { Dynalite } from './dynalite.ts';
import type { Image, ItemChange } from './stream-record.ts';
import { type OwnFault, type OwnService, objectOf, type SignedRequest, targetOf, type WireAnswer } from './wire.ts';

type Input = Record<string, unknown>;
/** An item that a request is about to write. `after` is left out where only a read can tell. */
interface Target {
  table: string;
  key: Image;
  after?: Image | 'gone';
}

/** DynamoDB in front of dynalite. Tells of every write that succeeded, in the order in which they were made. */
export function dynamodb(db: Dynalite, changed: (change: ItemChange) => void): OwnService {
  const queues = new Map<string, Promise<unknown>>();

  /** One write at a time for each table, so that no other comes between the item before and the item after. */
  function alone<T>(table: string, run: () => Promise<T>): Promise<T> {
    const turn = (queues.get(table) ?? Promise.resolve()).then(run, run);
    queues.set(table, turn);
    return turn;
  }

  async function write(request: SignedRequest, targets: readonly Target[]): Promise<WireAnswer> {
    const before = await Promise.all(targets.map((target) => itemOf(db, target)));
    const answer = await db.pass(request);
    if (answer.status !== 200) return answer;
    for (const [index, target] of targets.entries()) {
      const { table, after = await itemOf(db, target) } = target;
      changed({ table, before: before[index], after: after === 'gone' ? undefined : after });
    }
    return answer;
  }

  return {
    operationOf: targetOf,
    async answer(request) {
      const operation = targetOf(request);
      const input = objectOf(request.body);
      const targets = targetsOf(operation, input);
      const [first] = targets;
      if (first === undefined) return db.pass(request);
      const swap = /^(Put|Delete)Item$/.test(operation) && input.ReturnValues === undefined;
      return alone(first.table, () => (swap ? replace(db, request, first, changed) : write(request, targets)));
    },
    error: ({ code, message, status }: OwnFault) => ({
      status,
      headers: { 'content-type': 'application/x-amz-json-1.0' },
      body: JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${code}`, message }),
    }),
  };
}

/** A put or delete is asked for the item before along with the write, which saves a read. Its sender does not see it. */
async function replace(
  db: Dynalite,
  request: SignedRequest,
  { table, after }: Target,
  changed: (change: ItemChange) => void,
): Promise<WireAnswer> {
  const answer = await db.pass(request, JSON.stringify({ ...objectOf(request.body), ReturnValues: 'ALL_OLD' }));
  if (answer.status !== 200) return answer;
  const { Attributes: before, ...rest } = JSON.parse(answer.body) as { Attributes?: Image };
  changed({ table, before, after: after === 'gone' ? undefined : after });
  return { ...answer, body: JSON.stringify(rest) };
}

/** A key that DynamoDB refuses names no item: the write itself will be refused for it. */
async function itemOf(db: Dynalite, { table, key }: Target): Promise<Image | undefined> {
  const found = await db.ask<{ Item?: Image }>('GetItem', { TableName: table, Key: key, ConsistentRead: true });
  return found?.Item;
}

function targetsOf(operation: string, input: Input): Target[] {
  if (operation === 'BatchWriteItem') return batchTargets(input);
  const { TableName: table, Item, Key } = input as { TableName?: string; Item?: Image; Key?: Image };
  if (table === undefined) return [];
  if (operation === 'PutItem' && Item) return [{ table, key: keyOf(Item), after: Item }];
  if (operation === 'DeleteItem' && Key) return [{ table, key: Key, after: 'gone' }];
  return operation === 'UpdateItem' && Key ? [{ table, key: Key }] : [];
}

/** Items without a key are left to dynalite, which refuses them. */
function batchTargets({ RequestItems }: Input): Target[] {
  const tables = (RequestItems ?? {}) as Record<
    string,
    { PutRequest?: { Item: Image }; DeleteRequest?: { Key: Image } }[]
  >;
  return Object.entries(tables).flatMap(([table, requests]) =>
    requests.flatMap(({ PutRequest, DeleteRequest }): Target[] => [
      ...(PutRequest ? [{ table, key: keyOf(PutRequest.Item), after: PutRequest.Item }] : []),
      ...(DeleteRequest ? [{ table, key: DeleteRequest.Key, after: 'gone' as const }] : []),
    ]),
  );
}

function keyOf({ pk, sk }: Image): Image {
  const none: AttributeValue = { S: '' };
  return { pk: pk ?? none, sk: sk ?? none };
}
