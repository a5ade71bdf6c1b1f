import { Agent, request, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import type { SignedRequest, WireAnswer } from './wire.ts';

const dynalite: (options: { createTableMs: number }) => Server = createRequire(import.meta.url)('dynalite');

/** The signature is not checked; only its form is. */
const OURS = {
  authorization:
    'AWS4-HMAC-SHA256 Credential=own/20260101/eu-west-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0',
  'x-amz-date': '20260101T000000Z',
};

export interface Dynalite {
  /** Hands a request on as it came, with another body where one is given. */
  pass(request: SignedRequest, body?: string): Promise<WireAnswer>;
  /** One operation of our own; undefined where it is refused. */
  ask<T extends object>(operation: string, input: object): Promise<T | undefined>;
  stop(): Promise<void>;
}

/** DynamoDB in this process and in memory, on a port of its own. */
export async function startDynalite(): Promise<Dynalite> {
  const server = dynalite({ createTableMs: 0 });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const agent = new Agent({ keepAlive: true });
  const post = (target: string, body: string) => exchange({ agent, port, target, body });
  return {
    pass: ({ headers, body: given }, body = given) => post(headers['x-amz-target'] ?? '', body),
    async ask<T extends object>(operation: string, input: object): Promise<T | undefined> {
      const { status, body } = await post(`DynamoDB_20120810.${operation}`, JSON.stringify(input));
      return status === 200 ? (JSON.parse(body) as T) : undefined;
    },
    async stop() {
      agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

function exchange(asked: { agent: Agent; port: number; target: string; body: string }): Promise<WireAnswer> {
  const { agent, port, target, body } = asked;
  const headers = {
    ...OURS,
    'x-amz-target': target,
    'content-type': 'application/x-amz-json-1.0',
    'content-length': Buffer.byteLength(body),
  };
  return new Promise((resolve, reject) => {
    const sent = request({ agent, host: '127.0.0.1', port, method: 'POST', headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        resolve({
          status: response.statusCode ?? 0,
          headers: { 'content-type': 'application/x-amz-json-1.0' },
          body: Buffer.concat(chunks).toString(),
        });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
