import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Expectation, Item, Table } from '../world.ts';
import { type Calling, clientConfig, once } from './calling.ts';

type Document = Readonly<Record<string, unknown>>;
type Stored = Record<string, AttributeValue>;
type QueryOptions = NonNullable<Parameters<Table['query']>[1]>;

interface Condition {
  ConditionExpression?: string;
  ExpressionAttributeNames?: Record<string, string>;
  ExpressionAttributeValues?: Stored;
}

/** The table over DynamoDB. Nothing of the SDK is loaded before the first call. */
export function dynamoTable(name: string, calling: Calling): Table {
  return new DynamoTable(
    name,
    once(() => connect(calling)),
  );
}

class DynamoTable implements Table {
  readonly #name: string;
  readonly #connect: () => ReturnType<typeof connect>;

  constructor(name: string, connected: () => ReturnType<typeof connect>) {
    this.#name = name;
    this.#connect = connected;
  }

  async get(pk: string, sk: string): Promise<Item | undefined> {
    const { db, sdk, marshal, unmarshal } = await this.#connect();
    const input = { TableName: this.#name, Key: marshal({ pk, sk }), ConsistentRead: true };
    const { Item } = await db.send(new sdk.GetItemCommand(input));
    return Item ? unmarshal(Item) : undefined;
  }

  async put(item: Item, expect?: Expectation): Promise<'written' | 'conflict'> {
    const { db, sdk, marshal } = await this.#connect();
    const input = { TableName: this.#name, Item: marshal(item), ...condition(expect, marshal) };
    return (await held(() => db.send(new sdk.PutItemCommand(input)))) ? 'written' : 'conflict';
  }

  async remove(pk: string, sk: string, expect?: Expectation): Promise<'removed' | 'conflict'> {
    const { db, sdk, marshal } = await this.#connect();
    const input = { TableName: this.#name, Key: marshal({ pk, sk }), ...condition(expect, marshal) };
    return (await held(() => db.send(new sdk.DeleteItemCommand(input)))) ? 'removed' : 'conflict';
  }

  async query(pk: string, options: QueryOptions = {}): Promise<Item[]> {
    const { prefix = '', most = Number.POSITIVE_INFINITY, newestFirst = false } = options;
    const { db, sdk, marshal, unmarshal } = await this.#connect();
    const input = {
      TableName: this.#name,
      ConsistentRead: true,
      KeyConditionExpression: prefix === '' ? 'pk = :pk' : 'pk = :pk AND begins_with(sk, :prefix)',
      ExpressionAttributeValues: marshal({ ':pk': pk, ':prefix': prefix === '' ? undefined : prefix }),
      ScanIndexForward: !newestFirst,
    };
    const items: Item[] = [];
    let from: Stored | undefined;
    while (items.length < most) {
      const limit = Number.isFinite(most) ? { Limit: most - items.length } : {};
      const page = await db.send(
        new sdk.QueryCommand({ ...input, ...limit, ...(from && { ExclusiveStartKey: from }) }),
      );
      items.push(...(page.Items ?? []).map(unmarshal));
      from = page.LastEvaluatedKey;
      if (from === undefined) break;
    }
    return items;
  }

  async add(pk: string, sk: string, by: number, most: number, ttl: number): Promise<'added' | 'over'> {
    if (by > most) return 'over';
    const { db, sdk, marshal } = await this.#connect();
    const input = {
      TableName: this.#name,
      Key: marshal({ pk, sk }),
      UpdateExpression: 'SET #ttl = :ttl ADD #count :by',
      ConditionExpression: 'attribute_not_exists(#count) OR #count <= :room',
      ExpressionAttributeNames: { '#ttl': 'ttl', '#count': 'count' },
      ExpressionAttributeValues: marshal({ ':ttl': ttl, ':by': by, ':room': most - by }),
    };
    return (await held(() => db.send(new sdk.UpdateItemCommand(input)))) ? 'added' : 'over';
  }
}

async function connect(calling: Calling) {
  const sdk = await import('./dynamodb.ts');
  return {
    sdk,
    db: new sdk.DynamoDBClient(clientConfig(calling)),
    marshal: (document: Document): Stored => sdk.marshall(document, { removeUndefinedValues: true }),
    unmarshal: (stored: Stored): Item => sdk.unmarshall(stored) as Item,
  };
}

/** False where the condition did not hold; everything else that goes wrong is thrown. */
async function held(send: () => Promise<unknown>): Promise<boolean> {
  try {
    await send();
    return true;
  } catch (error) {
    if (error instanceof Error && error.name === 'ConditionalCheckFailedException') return false;
    throw error;
  }
}

function condition(expect: Expectation = {}, marshal: (document: Document) => Stored): Condition {
  const wanted = Object.entries(expect);
  if (wanted.length === 0) return {};
  const values = wanted.flatMap(([, value], i) => (value === undefined ? [] : [[`:e${i}`, value] as const]));
  return {
    ConditionExpression: wanted
      .map(([, value], i) => (value === undefined ? `attribute_not_exists(#e${i})` : `#e${i} = :e${i}`))
      .join(' AND '),
    ExpressionAttributeNames: Object.fromEntries(wanted.map(([name], i) => [`#e${i}`, name])),
    ...(values.length > 0 && { ExpressionAttributeValues: marshal(Object.fromEntries(values)) }),
  };
}
