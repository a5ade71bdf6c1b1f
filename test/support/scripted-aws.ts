import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ConfiguredRetryStrategy } from '@smithy/core/retry';

export interface Asked {
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  body: string;
}

/** `drop` closes the connection, `hang` never answers, and what `stops` never ends. */
export type Reply =
  | { status: number; headers?: Record<string, string>; body?: string; stops?: boolean }
  | 'drop'
  | 'hang';

export interface ScriptedAws {
  endpoint: string;
  /** Everything that came over the wire, in order. */
  asked: Asked[];
  /** For clients: this endpoint, made-up credentials, and retries that do not wait. */
  client: { endpoint: string; credentials: { accessKeyId: string; secretAccessKey: string }; retryStrategy: object };
  stop(): Promise<void>;
}

/** Answers what the script says, over HTTP on this machine, so that the real SDK reads it. */
export async function scriptedAws(script: (asked: Asked, nth: number) => Reply): Promise<ScriptedAws> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request;
      const question = { method, path, headers, body: Buffer.concat(chunks).toString('utf8') };
      asked.push(question);
      answer(script(question, asked.length), response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    endpoint,
    asked,
    client: {
      endpoint,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      retryStrategy: new ConfiguredRetryStrategy(3, () => 1),
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function answer(reply: Reply, response: ServerResponse): void {
  if (reply === 'hang') return;
  if (reply === 'drop') {
    response.socket?.destroy();
    return;
  }
  response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers }).write(reply.body ?? '');
  if (!reply.stops) response.end();
}

export function json(body: unknown, status = 200): Reply {
  return { status, body: JSON.stringify(body) };
}

/** An error as the service of the action words it: REST-JSON, JSON, EC2's or the query protocol's XML. */
export function awsError(action: string, status: number, code: string, message = 'Something.'): Reply {
  const inXml = `<Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error>`;
  const headers = { 'content-type': 'text/xml' };
  if (action.startsWith('ec2:')) {
    return { status, headers, body: `<Response><Errors>${inXml}</Errors><RequestID>r-1</RequestID></Response>` };
  }
  if (/^(?:iam|sts):/.test(action)) {
    return { status, headers, body: `<ErrorResponse>${inXml}<RequestId>r-1</RequestId></ErrorResponse>` };
  }
  return { status, headers: { 'x-amzn-errortype': code }, body: JSON.stringify({ __type: code, message }) };
}
