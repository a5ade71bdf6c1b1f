import {
  Agent,
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  request,
  type ServerResponse,
} from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Asked, askedBy, isRead } from './asked.ts';
import { filled, type Lost, laidOver, mended } from './fill.ts';
import { Traffic } from './traffic.ts';

/**
 * Stands between a tool and moto: counts, holds each answer back for as long as it is told, fills what moto lacks, and
 * remembers what moto answered to a read, for moto's one process would be the limit of whoever asks many at once.
 */
const { values } = parseArgs({
  options: { port: { type: 'string' }, moto: { type: 'string' }, table: { type: 'string' } },
});
const upstream = { moto: new URL(values.moto ?? ''), table: new URL(values.table ?? values.moto ?? '') };
const agent = new Agent({ keepAlive: true, maxSockets: 16 });
const traffic = new Traffic();
let delays = { aws: 0, own: 0 };
let lost: Lost = {};

interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

/** Where our own table and queue are: in the functions' own region. */
const OWN_SERVICES = ['dynamodb', 'sqs'];
const JSON_TYPE = { 'content-type': 'application/json' };

const remembered = new Map<string, Answer>();

/** Between two neighbours only; and the time, since an SDK takes an old one for a wrong clock of its own, and asks again. */
const HOP = ['transfer-encoding', 'expect', 'connection', 'keep-alive', 'date'] as const;

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of message) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

function forwarded(message: IncomingMessage, to: URL, body: Buffer): Promise<Answer> {
  const headers: IncomingHttpHeaders = {
    ...message.headers,
    'content-length': String(body.length),
    'accept-encoding': 'identity',
  };
  for (const name of HOP) delete headers[name];
  return new Promise((resolve, reject) => {
    const { hostname, port } = to;
    const sent = request({ hostname, port, path: message.url, method: message.method, headers, agent }, (got) => {
      const { statusCode: status = 502, headers: answered } = got;
      for (const name of HOP) delete answered[name];
      bodyOf(got).then((answer) => resolve({ status, headers: answered, body: answer }), reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

async function answered(message: IncomingMessage, asked: Asked, body: Buffer): Promise<Answer> {
  const fill = filled(asked);
  if (fill) return { status: fill.status, headers: JSON_TYPE, body: Buffer.from(fill.body) };
  if (asked.service === 'dynamodb') return forwarded(message, upstream.table, body);
  const key = `${message.method} ${message.url} ${message.headers['x-amz-target']} ${body}`;
  const known = remembered.get(key);
  if (known) return known;
  const answer = await forwarded(message, upstream.moto, body);
  const whole = { ...answer, ...mended(asked, answer.status, answer.body, lost) };
  if (isRead(asked)) remembered.set(key, whole);
  return whole;
}

async function call(message: IncomingMessage, response: ServerResponse): Promise<void> {
  const end = traffic.begin();
  const body = await bodyOf(message);
  const asked = askedBy(message.method ?? 'GET', message.url ?? '/', message.headers, body.toString());
  const delay = OWN_SERVICES.includes(asked.service) ? delays.own : delays.aws;
  const began = performance.now();
  const {
    status,
    headers,
    body: answer,
  } = await answered(message, asked, body).catch(
    (error): Answer => ({ status: 502, headers: {}, body: Buffer.from(String(error)) }),
  );
  // The delay stands for the way to AWS and its work: what moto took is part of it.
  const left = delay - (performance.now() - began);
  if (left > 0) await wait(left);
  end(`${asked.service}:${asked.action}`, status);
  response.writeHead(status, { ...headers, 'content-length': answer.length }).end(answer);
}

async function control(url: URL, message: IncomingMessage, response: ServerResponse): Promise<void> {
  if (url.pathname === '/_lost') {
    lost = laidOver(lost, JSON.parse(String(await bodyOf(message))));
    for (const key of remembered.keys()) if (key.startsWith('GET /clusters/')) remembered.delete(key);
  }
  if (url.pathname === '/_reset') {
    const { aws = '0', own = '0' } = Object.fromEntries(url.searchParams);
    delays = { aws: Number(aws), own: Number(own) };
    traffic.reset();
  }
  response.writeHead(200, JSON_TYPE).end(JSON.stringify(traffic.counts()));
}

const server = createServer((message, response) => {
  const url = new URL(message.url ?? '/', 'http://127.0.0.1');
  if (url.pathname.startsWith('/_')) void control(url, message, response);
  else void call(message, response);
});
server.keepAliveTimeout = 60_000;
server.listen(Number(values.port), '127.0.0.1');
process.stdin.resume().on('end', () => process.exit());
