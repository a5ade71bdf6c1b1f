import type { IncomingMessage } from 'node:http';
import { forwarder } from '../stack/wire/forward.ts';
import { type AuditedServices, scopeOf } from '../support/cloud/audited/index.ts';
import { localServer } from '../support/cloud/own/server.ts';

/** The services of one account; some of them may be somewhere else. */
export interface Cloud extends Pick<AuditedServices, 'handles' | 'answer'> {
  elsewhere?: { services: readonly string[]; url: string };
}

const nothing = (body: string) => ({ status: 400, headers: {}, body });

/** One port for all accounts; the access key of a request names its account. */
export async function startRouter(cloudOf: (account: string) => Cloud | undefined) {
  const forward = forwarder();
  const onward = async (url: string, request: IncomingMessage, body: string, account: string) => {
    const reply = await forward(url, request, body, { 'x-moto-account-id': account });
    const headers = Object.entries(reply.headers).flatMap(([name, value]) =>
      value === undefined || name === 'content-length' || name === 'date' ? [] : [[name, String(value)] as const],
    );
    return { status: reply.status, headers: Object.fromEntries(headers), body: reply.body.toString('utf8') };
  };
  const server = await localServer(Date.now, async (request, body) => {
    const { headers, method = 'GET', url: path = '/' } = request;
    const scope = scopeOf(headers.authorization);
    const cloud = scope && cloudOf(scope.accessKey);
    if (!scope || !cloud) return nothing('This is no account here.');
    const { elsewhere } = cloud;
    if (elsewhere?.services.includes(scope.service)) return onward(elsewhere.url, request, body, scope.accessKey);
    if (!cloud.handles(scope.service)) return nothing('This is no service of an account here.');
    const plain = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
    return cloud.answer({ ...scope, method, path, headers: plain, body });
  });
  return {
    url: server.url,
    async stop() {
      forward.close();
      await server.stop();
    },
  };
}
