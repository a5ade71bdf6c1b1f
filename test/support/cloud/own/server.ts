import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Clock } from '../../../../shared/runtime/clock.ts';
import type { Reply, SignedRequest } from './wire.ts';

export interface LocalServer {
  url: string;
  stop(): Promise<void>;
}

/** A server on a free port of 127.0.0.1 whose dates are the clock's, so that an SDK client sees no skew. */
export async function localServer(
  now: Clock,
  answer: (request: IncomingMessage, body: string) => Promise<Reply>,
): Promise<LocalServer> {
  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const reply = await answer(request, await bodyOf(request));
    if (reply === 'drop') {
      request.socket.destroy();
      return;
    }
    if (reply === 'hang') return;
    const length = Buffer.byteLength(reply.body);
    response.writeHead(reply.status, {
      date: new Date(now()).toUTCString(),
      'content-length': length,
      ...reply.headers,
    });
    response.end(reply.body);
  }
  const server = createServer((request, response) => {
    serve(request, response).catch((problem: unknown) => {
      response.writeHead(500, { 'content-type': 'text/plain' }).end(String(problem));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

/** A request with what its signature says of it; undefined where it is not signed. The signature itself is not checked. */
export function signedRequest(
  { method = 'GET', url = '/', headers }: IncomingMessage,
  body: string,
): SignedRequest | undefined {
  const scope = /Credential=([^/,\s]+)\/\d{8}\/([^/,\s]+)\/([^/,\s]+)\/aws4_request/.exec(headers.authorization ?? '');
  const [, accessKey, region, service] = scope ?? [];
  if (!accessKey || !region || !service) return undefined;
  return { service, region, accessKey, method, path: url, headers: plain(headers), body };
}

function plain(headers: IncomingMessage['headers']): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}
