import { Agent, request as ask, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';

export interface Reply {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** Hands requests on as they came, `Host` included, since that is signed. */
export function forwarder() {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const forward = (to: string, incoming: IncomingMessage, body: string, more: Record<string, string>): Promise<Reply> =>
    new Promise((resolve, reject) => {
      const { hostname, port } = new URL(to);
      const { method, url: path } = incoming;
      const onward = ask(
        { agent, hostname, port, method, path, headers: { ...incoming.headers, ...more } },
        (answer) => {
          const parts: Buffer[] = [];
          answer.on('data', (part: Buffer) => parts.push(part));
          answer.on('end', () => {
            const { 'transfer-encoding': _, connection: __, ...headers } = answer.headers;
            resolve({ status: answer.statusCode ?? 502, headers, body: Buffer.concat(parts) });
          });
          answer.on('error', reject);
        },
      );
      onward.on('error', reject);
      onward.end(body);
    });
  return Object.assign(forward, { close: () => agent.destroy() });
}
