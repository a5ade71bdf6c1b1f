import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { SECOND } from '../runtime/clock.ts';
import { pinnedLookup, type Resolve } from './webhook.ts';

/** What came back. `body` is read by our own code only and never shown to anybody. */
export type Answer =
  | { status: number; retryAfter: string | undefined; body: string }
  | { failed: 'timeout' | 'refused' | 'too long' | 'network'; code?: string };

export interface PostOptions {
  headers?: Readonly<Record<string, string>>;
  resolve?: Resolve;
  /** Milliseconds for the whole exchange. */
  limit?: number;
}

const LARGEST_BODY = 64 * 1024;
const LIMIT = 5 * SECOND;

/** Posts to an address that `guarded` let through. Redirects are not followed; size and time are limited. */
export function postJson(
  url: URL,
  value: unknown,
  { headers = {}, resolve, limit = LIMIT }: PostOptions = {},
): Promise<Answer> {
  const body = Buffer.from(JSON.stringify(value));
  const options: RequestOptions = {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json; charset=utf-8', 'content-length': body.length },
    agent: false,
    signal: AbortSignal.timeout(limit),
  };
  return new Promise((settle) => {
    const request =
      url.protocol === 'https:'
        ? httpsRequest(url, { ...options, lookup: pinnedLookup(resolve) })
        : httpRequest(url, options);
    const fail = (error: NodeJS.ErrnoException) => settle(failure(error));
    request.on('error', fail);
    request.on('response', (response) => {
      response.on('error', fail);
      collect(response, settle);
    });
    request.end(body);
  });
}

function collect(response: IncomingMessage, settle: (answer: Answer) => void): void {
  const chunks: Buffer[] = [];
  let size = 0;
  response.on('data', (chunk: Buffer) => {
    size += chunk.length;
    chunks.push(chunk);
    if (size <= LARGEST_BODY) return;
    settle({ failed: 'too long' });
    response.destroy();
  });
  response.on('end', () => {
    settle({
      status: response.statusCode ?? 0,
      retryAfter: response.headers['retry-after'],
      body: Buffer.concat(chunks).toString(),
    });
  });
}

/** Node's own codes (`ECONNRESET`) are told; messages are not, because they may hold the address. */
function failure({ name, code }: NodeJS.ErrnoException): Answer {
  if (name === 'AbortError' || name === 'TimeoutError') return { failed: 'timeout' };
  if (code === 'NOT_PUBLIC') return { failed: 'refused' };
  return { failed: 'network', ...(typeof code === 'string' ? { code } : {}) };
}
