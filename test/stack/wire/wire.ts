import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { scopeOf } from '../../support/cloud/audited/index.ts';
import type { WireAnswer } from '../../support/cloud/audited/wire/protocol.ts';
import { actionOf } from './asked.ts';
import { faulty, refusal, wireFaults } from './faults.ts';
import { forwarder } from './forward.ts';
import type { Principal } from './principals.ts';

/** One call of one of our functions, in the order of its beginning. */
export interface WireCall {
  /** When it began (ms). */
  at: number;
  action: string;
  account: string;
  region: string;
  /** The function's name, or that of the session in another account. */
  caller: string;
  /** The role it was made with. */
  role: string;
  path: string;
  body: string;
  /** The status of the answer; undefined while there is none. */
  outcome: number | 'drop' | undefined;
  /** It was not allowed. */
  refused: boolean;
  /** A rule of the test made it end as it did. */
  made: boolean;
}

/** What the wire gets to answer itself, with the account that is asked. */
export interface Asked {
  service: string;
  region: string;
  account: string;
  accessKey: string;
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string;
}

export interface WireOptions {
  principalOf(accessKey: string): Principal | undefined;
  /** Whether a role may do what an audited service is asked for. The emulator judges its own services itself. */
  mayRead(role: string, action: string): boolean;
  /** Undefined: the request goes on to `upstream`. */
  answer(asked: Asked): WireAnswer | 'drop' | 'hang' | undefined;
  /** Whether it is a service of the audited accounts. */
  isAudited(service: string): boolean;
  upstream(account: string, service: string): string;
  /** Hears of each answer that came from upstream. */
  onAnswer(call: WireCall, answer: string): void;
}

/** Between the functions' SDK and every service: tells who called what, refuses what a role may not, and breaks what a test wants broken. */
export async function startWire(options: WireOptions) {
  const { principalOf, mayRead, answer, isAudited, upstream, onAnswer } = options;
  const faults = wireFaults();
  const forward = forwarder();
  const calls: WireCall[] = [];

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await bodyOf(request);
    const asked = askedOf(request, body);
    if (asked === undefined) return send(response, { status: 400, headers: {}, body: 'not signed' });
    const { service, region, accessKey } = asked;
    const principal = principalOf(accessKey);
    const account = principal?.account ?? asked.account;
    const action = actionOf(service, asked);
    const { session: caller = accessKey, role = '' } = principal ?? {};
    const call: WireCall = {
      at: Date.now(),
      action,
      account,
      region,
      caller,
      role,
      path: asked.path,
      body,
      outcome: undefined,
      refused: false,
      made: false,
    };
    calls.push(call);
    const attempt = { service, action, text: `${asked.path} ${body}` };
    const fault = faults.of(attempt);
    call.made = fault !== undefined;
    const refused = isAudited(service) && !mayRead(role, action);
    const early =
      (fault && (await faulty(fault, attempt))) ?? (refused ? refusal('denied', service, action, role) : undefined);
    const own = early ?? answer({ ...asked, account });
    if (own === 'hang') return;
    if (own === 'drop') {
      call.outcome = 'drop';
      request.socket.destroy();
      return;
    }
    if (own) {
      call.outcome = own.status;
      call.refused = isRefusal(own.status, own.body);
      return send(response, own);
    }
    const more = isAudited(service) ? { 'x-moto-account-id': account } : {};
    const reply = await forward(upstream(account, service), request, body, more);
    call.outcome = reply.status;
    const text = reply.body.toString('utf8');
    call.refused = isRefusal(reply.status, text);
    onAnswer(call, text);
    response.writeHead(reply.status, reply.headers).end(reply.body);
  }

  const server = createServer((request, response) => {
    serve(request, response).catch(() => request.socket.destroy());
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    fault: faults.add,
    async stop() {
      forward.close();
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

export type Wire = Awaited<ReturnType<typeof startWire>>;

function askedOf({ method = 'GET', url = '/', headers }: IncomingMessage, body: string): Asked | undefined {
  const scope = scopeOf(headers.authorization);
  if (!scope) return undefined;
  const plain = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
  return { ...scope, account: '', method, path: url, headers: plain, body };
}

const isRefusal = (status: number, text: string) =>
  status >= 400 && /AccessDenied|UnauthorizedOperation|not authorized/.test(text);

function send(response: ServerResponse, { status, headers, body }: WireAnswer): void {
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body);
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}
