import { type Calling, clientConfig, once } from './calling.ts';

export interface Key {
  pk: string;
  sk: string;
}

/** The keys of the items of one scope of the sparse index, the worst first, page by page. The index lags writes by a moment. */
export type KeysIn = (scope: string) => AsyncIterable<readonly Key[]>;

const INDEX = 'by-scope';

export function scopedKeys(table: string, calling: Calling): KeysIn {
  const connect = once(async () => {
    const sdk = await import('./dynamodb.ts');
    return { sdk, db: new sdk.DynamoDBClient(clientConfig(calling)) };
  });
  return async function* (scope) {
    const { sdk, db } = await connect();
    const input = {
      TableName: table,
      IndexName: INDEX,
      KeyConditionExpression: '#scope = :scope',
      ExpressionAttributeNames: { '#scope': 'scope' },
      ExpressionAttributeValues: { ':scope': { S: scope } },
    };
    let more = {};
    do {
      const { Items = [], LastEvaluatedKey } = await db.send(new sdk.QueryCommand({ ...input, ...more }));
      yield Items.map(({ pk, sk }) => ({ pk: pk?.S ?? '', sk: sk?.S ?? '' }));
      if (LastEvaluatedKey === undefined) return;
      more = { ExclusiveStartKey: LastEvaluatedKey };
    } while (true);
  };
}
