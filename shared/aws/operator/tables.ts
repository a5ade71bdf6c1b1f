import { DynamoDBClient, paginateListTables } from '@aws-sdk/client-dynamodb';
import { clientConfig } from '../own/calling.ts';
import type { Read } from '../read.ts';
import { asked, type OperatorSession } from './session.ts';

/** The tables of the region whose names begin so. */
export function tablesNamed(session: OperatorSession, beginning: string): Promise<Read<readonly string[]>> {
  const client = new DynamoDBClient(clientConfig(session.calling()));
  return asked('dynamodb:ListTables', async () => {
    const all: string[] = [];
    for await (const { TableNames = [] } of paginateListTables({ client }, {})) {
      all.push(...TableNames.filter((name) => name.startsWith(beginning)));
    }
    return all;
  });
}
