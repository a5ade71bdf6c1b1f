import type { Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Calling } from '../../shared/aws/own/calling.ts';

const dynalite: (options: { createTableMs: number }) => Server = createRequire(import.meta.url)('dynalite');

export interface TableServer {
  endpoint: string;
  calling: Calling;
  /** Makes a table with our keys. */
  create(name: string): Promise<void>;
  stop(): Promise<void>;
}

/** DynamoDB over the wire, in this process and in memory. */
export async function tableServer(): Promise<TableServer> {
  const server = dynalite({ createTableMs: 0 });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const client = { endpoint, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
  const db = new DynamoDBClient({ region: 'eu-west-1', ...client });
  return {
    endpoint,
    calling: { region: 'eu-west-1', client },
    async create(name) {
      const keys = ['pk', 'sk'] as const;
      await db.send(
        new CreateTableCommand({
          TableName: name,
          BillingMode: 'PAY_PER_REQUEST',
          AttributeDefinitions: keys.map((AttributeName) => ({ AttributeName, AttributeType: 'S' })),
          KeySchema: [
            { AttributeName: 'pk', KeyType: 'HASH' },
            { AttributeName: 'sk', KeyType: 'RANGE' },
          ],
        }),
      );
    },
    async stop() {
      db.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
