import { DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { clientConfig } from '../own/calling.ts';
import { dynamoTable } from '../own/table.ts';
import type { Read } from '../read.ts';
import type { Item } from '../world.ts';
import { asked, type OperatorSession } from './session.ts';

/** The sparse index of the findings table, by `scope` and `rank`. */
const INDEX = 'by-scope';
const isGone = ({ name }: Error) => name === 'ResourceNotFoundException';

/** Items of one scope of the index, in the order of rank or against it; at most so many. The index has their keys, and lags writes by a moment. */
export function itemsInScope(
  session: OperatorSession,
  table: string,
  scope: string,
  { most, newestFirst = false }: { most: number; newestFirst?: boolean },
): Promise<Read<readonly Item[]>> {
  const db = new DynamoDBClient(clientConfig(session.calling()));
  return asked(
    'dynamodb:Query',
    async () => {
      const keys: Item[] = [];
      let from: Record<string, never> | undefined;
      do {
        const { Items = [], LastEvaluatedKey } = await db.send(
          new QueryCommand({
            TableName: table,
            IndexName: INDEX,
            KeyConditionExpression: '#scope = :scope',
            ExpressionAttributeNames: { '#scope': 'scope' },
            ExpressionAttributeValues: { ':scope': { S: scope } },
            ScanIndexForward: !newestFirst,
            Limit: most - keys.length,
            ...(from && { ExclusiveStartKey: from }),
          }),
        );
        keys.push(...Items.map((item) => unmarshall(item) as Item));
        from = LastEvaluatedKey as typeof from;
      } while (from !== undefined && keys.length < most);
      const own = dynamoTable(table, session.calling());
      const items = await Promise.all(keys.map(({ pk, sk }) => own.get(pk, sk)));
      return items.filter((item) => item !== undefined);
    },
    isGone,
  );
}

/** The items of one partition, as the functions see them. */
export function itemsOf(
  session: OperatorSession,
  table: string,
  pk: string,
  options: { prefix?: string; most?: number; newestFirst?: boolean } = {},
): Promise<Read<readonly Item[]>> {
  return asked('dynamodb:Query', () => dynamoTable(table, session.calling()).query(pk, options), isGone);
}
