import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type AuditedOptions, auditedServices } from './audited-services.ts';

/** Access key, region and service, from the `Authorization` header; undefined where it is not signed that way. */
export function scopeOf(
  authorization: string | undefined,
): { accessKey: string; region: string; service: string } | undefined {
  const scope = /Credential=([^/,\s]+)\/\d{8}\/([^/,\s]+)\/([^/,\s]+)\/aws4_request/.exec(authorization ?? '');
  const [, accessKey, region, service] = scope ?? [];
  return accessKey && region && service ? { accessKey, region, service } : undefined;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

/** The audited accounts alone on a port of 127.0.0.1, for clients with `AWS_ENDPOINT_URL` set to `url`. */
export async function startAuditedAccounts(options: AuditedOptions) {
  const services = auditedServices(options);

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    const scope = scopeOf(request.headers.authorization);
    if (!scope || !services.handles(scope.service)) {
      response
        .writeHead(400, { 'content-type': 'text/plain' })
        .end('Not signed for a service of the audited accounts.');
      return;
    }
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const answer = services.answer({
      ...scope,
      method: request.method ?? 'GET',
      path: request.url ?? '/',
      headers,
      body,
    });
    if (answer === 'drop') request.socket.destroy();
    else if (answer !== 'hang') response.writeHead(answer.status, answer.headers).end(answer.body);
  }

  return listening(serve, services);
}

async function listening<T extends object>(
  serve: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
  services: T,
) {
  const server = createServer((request, response) => {
    serve(request, response).catch((problem: unknown) => {
      response.writeHead(500, { 'content-type': 'text/plain' }).end(String(problem));
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    ...services,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop(): Promise<void> {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}
