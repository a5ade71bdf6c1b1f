import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Item } from '../../../../shared/aws/world.ts';
import type { Dynalite } from './dynalite.ts';

type Stored = Record<string, AttributeValue>;

interface Page {
  Items: Stored[];
  LastEvaluatedKey?: Stored;
}

/** The findings table as it is deployed: its keys, and the sparse index of what is not in order by account and region. */
export async function createFindingsTable(db: Dynalite, name: string): Promise<void> {
  const keys = (hash: string, range: string) => [
    { AttributeName: hash, KeyType: 'HASH' },
    { AttributeName: range, KeyType: 'RANGE' },
  ];
  const made = await db.ask('CreateTable', {
    TableName: name,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: ['pk', 'sk', 'scope', 'rank'].map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
    KeySchema: keys('pk', 'sk'),
    GlobalSecondaryIndexes: [
      { IndexName: 'by-scope', KeySchema: keys('scope', 'rank'), Projection: { ProjectionType: 'KEYS_ONLY' } },
    ],
  });
  if (made === undefined) throw new Error(`The table ${name} could not be made.`);
}

/** Every item, by pk and sk. */
export async function itemsOf(db: Dynalite, table: string): Promise<Item[]> {
  const items: Item[] = [];
  let from: Stored | undefined;
  do {
    const page: Page | undefined = await db.ask('Scan', {
      TableName: table,
      ConsistentRead: true,
      ...(from && { ExclusiveStartKey: from }),
    });
    items.push(...(page?.Items ?? []).map((stored) => unmarshall(stored) as Item));
    from = page?.LastEvaluatedKey;
  } while (from !== undefined);
  return items.sort((a, b) => compare(a.pk, b.pk) || compare(a.sk, b.sk));
}

function compare(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
