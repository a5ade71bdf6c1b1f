import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { clientConfig } from '../own/calling.ts';
import { dynamoTable } from '../own/table.ts';
import type { Item, Table } from '../world.ts';
import { asked, needed, type OperatorSession } from './session.ts';

const isGone = ({ name }: Error) => name === 'ResourceNotFoundException';
export const TABLE_GONE = 'The findings table is gone: deploy again (npm run deploy).';

/** The findings table with a person's own rights: what AWS does not do ends the command with a sentence. */
export function operatorTable(session: OperatorSession, name: string): Table {
  const own = dynamoTable(name, session.calling());
  const ask = async <T>(operation: string, call: () => Promise<T>): Promise<T> =>
    needed(await asked(`dynamodb:${operation}`, call, isGone), TABLE_GONE);
  return {
    get: (pk, sk) => ask('GetItem', () => own.get(pk, sk)),
    put: (item, expect) => ask('PutItem', () => own.put(item, expect)),
    remove: (pk, sk, expect) => ask('DeleteItem', () => own.remove(pk, sk, expect)),
    query: (pk, options) => ask('Query', () => own.query(pk, options)),
    add: (pk, sk, by, most, ttl) => ask('UpdateItem', () => own.add(pk, sk, by, most, ttl)),
  };
}

/** Every item that stands under this sort key, whatever its partition: the whole table is read for it, page by page. */
export async function* itemsUnder(session: OperatorSession, table: string, sk: string): AsyncGenerator<Item> {
  const client = new DynamoDBClient(clientConfig(session.calling()));
  const pages = paginateScan(
    { client },
    {
      TableName: table,
      ConsistentRead: true,
      FilterExpression: '#sk = :sk',
      ExpressionAttributeNames: { '#sk': 'sk' },
      ExpressionAttributeValues: { ':sk': { S: sk } },
    },
  )[Symbol.asyncIterator]();
  for (;;) {
    const page = needed(await asked('dynamodb:Scan', () => pages.next(), isGone), TABLE_GONE);
    if (page.done) return;
    for (const item of page.value.Items ?? []) yield unmarshall(item) as Item;
  }
}
