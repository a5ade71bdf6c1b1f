import type { LookupAddress } from 'node:dns';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { promisify } from 'node:util';
import { afterEach, expect, it } from 'vitest';
import { postJson } from '../../shared/notices/post-json.ts';
import { guarded, isPublic, pinnedLookup, slackHosts } from '../../shared/notices/webhook.ts';

const HOOK = 'https://hooks.slack.com/services/T0/B0/x';
const LOCAL = 'http://127.0.0.1:4566';
const HOSTILE_URLS = [
  'http://hooks.slack.com/services/T0/B0/x',
  'ftp://hooks.slack.com/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'https://user@hooks.slack.com/',
  'https://user:password@hooks.slack.com/',
  'https://hooks.slack.com@evil.example/',
  'https://hooks.slack.com:8443/',
  'https://hooks.slack.com.evil.example/',
  'https://evil.example/hooks.slack.com',
  'https://hooks.slack.com./',
  'https://sub.hooks.slack.com/',
  'https://127.0.0.1/',
  'https://2130706433/',
  'https://0x7f000001/',
  'https://0177.0.0.1/',
  'https://127.1/',
  'https://[::1]/',
  'https://[::ffff:127.0.0.1]/',
  'https://[::ffff:7f00:1]/',
  'https://localhost/',
  'https://169.254.169.254/latest/meta-data/',
  'https://169.254.170.2/v2/credentials',
  'https://[fd00:ec2::254]/',
  'https://10.0.0.1/',
  'https://172.16.0.1/',
  'https://192.168.0.1/',
  'https://100.64.0.1/',
  'https://[fe80::1]/',
  'https://vault.internal/',
  'http://127.0.0.2:4566/',
  'http://localhost:4566/',
  'http://2130706433:4566/',
  'http://0x7f.1:4566/',
  'http://user@127.0.0.1:4566/',
  'http://127.0.0.1:4566@evil.example/',
  'http://127.0.0.1.evil.example/',
  'http://[::1]:4566/',
  'https://127.0.0.1:4566/',
  `${HOOK}\r\nHost: evil.example`,
  ` ${HOOK}`,
  'https:\\\\hooks.slack.com\\services',
  '',
  'hooks.slack.com/services',
];

it.each(['aws', 'aws-cn'])('accepts the addresses of Slack in partition %s', (partition) => {
  const accepted = [
    HOOK,
    'https://HOOKS.SLACK.COM:443/services/T0',
    'https://slack.com/api/',
    'https://hooks.slack-gov.com/services/T0',
  ];
  expect(accepted.map((text) => 'url' in guarded(text, { partition }))).toEqual([true, true, true, true]);
});

it('keeps a GovCloud deployment to GovSlack', () => {
  const partition = 'aws-us-gov';
  expect([guarded('https://hooks.slack-gov.com/services/T0', { partition }), guarded(HOOK, { partition })]).toEqual([
    { url: new URL('https://hooks.slack-gov.com/services/T0') },
    { refused: 'its host is not one of Slack' },
  ]);
});

it.each(HOSTILE_URLS)('V-01: refuses %j, and the refusal does not hold it', (text) => {
  const found = guarded(text, { partition: 'aws' });
  expect(found).toEqual({ refused: expect.stringMatching(/^its? /) });
  expect(JSON.stringify(found)).not.toContain('evil');
});

it('V-01: a stand-in on this machine is accepted where the endpoint of the settings is on 127.0.0.1', () => {
  const text = 'http://127.0.0.1:9099/services/T0/B0/x';
  expect(guarded(text, { partition: 'aws', endpoint: LOCAL })).toEqual({ url: new URL(text) });
});

it.each(HOSTILE_URLS)('V-01: an endpoint on 127.0.0.1 loosens nothing else: %j is refused', (text) => {
  expect(guarded(text, { partition: 'aws', endpoint: LOCAL })).toHaveProperty('refused');
});

it.each([
  undefined,
  '',
  'http://localhost:4566',
  'http://127.0.0.2:4566',
  'https://127.0.0.1:4566',
  'http://2130706433:4566',
  'http://127.0.0.1@evil.example',
  'http://127.0.0.1:80@evil.example',
  'http://127.0.0.1.evil.example',
  'https://sqs.eu-west-1.amazonaws.com',
  ' http://127.0.0.1',
])('V-01: endpoint %j lets no http through', (endpoint) => {
  expect(guarded('http://127.0.0.1:9099/services/T0', { partition: 'aws', endpoint })).toHaveProperty('refused');
});

it.each([
  '127.0.0.1',
  '0.0.0.0',
  '10.1.2.3',
  '172.31.0.1',
  '192.168.1.1',
  '100.64.0.1',
  '169.254.169.254',
  '169.254.170.2',
  '224.0.0.1',
  '255.255.255.255',
  '198.18.0.1',
  '::',
  '::1',
  '::ffff:10.0.0.1',
  '::ffff:169.254.169.254',
  'fd00:ec2::254',
  'fe80::1',
  'fc00::1',
  '64:ff9b::a00:1',
  '2002:a00:1::',
  '::7f00:1',
  '::169.254.169.254',
  'fec0::1',
  '64:ff9b:1::a00:1',
  'fe80::1%eth0',
  '4000::1',
  'ff02::1',
  'no address',
])('V-02: %s is not on the public internet', (address) => {
  expect(isPublic(address)).toBe(false);
});

it('V-02: addresses of the public internet are', () => {
  expect(['52.30.12.34', '2a05:d018::1', '::ffff:52.30.12.34'].map(isPublic)).toEqual([true, true, true]);
});

const found =
  (...addresses: string[]) =>
  async (): Promise<LookupAddress[]> =>
    addresses.map((address) => ({ address, family: 4 }));
const looked = (lookup: ReturnType<typeof pinnedLookup>, all: boolean) =>
  promisify<string, object, unknown>((host, options, done) =>
    lookup(host, { ...options, all }, (error, address) => done(error, address)),
  )('hooks.slack.com', {});

it('V-02: a name is resolved once, and the connection gets just the addresses that were checked', async () => {
  const answers = [found('52.30.12.34'), found('127.0.0.1')];
  const lookup = pinnedLookup(async () => (await answers.shift()?.()) ?? []);
  expect(await looked(lookup, true)).toEqual([{ address: '52.30.12.34', family: 4 }]);
  await expect(looked(lookup, true)).rejects.toMatchObject({ code: 'NOT_PUBLIC' });
  expect(await looked(pinnedLookup(found('52.30.12.34')), false)).toBe('52.30.12.34');
});

it('V-02: one address inside a network spoils all, and so does none', async () => {
  await expect(looked(pinnedLookup(found('52.30.12.34', '10.0.0.1')), true)).rejects.toMatchObject({
    code: 'NOT_PUBLIC',
  });
  await expect(looked(pinnedLookup(found()), true)).rejects.toMatchObject({ code: 'NOT_PUBLIC' });
});

const stops: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
});

async function listening(listener: RequestListener): Promise<URL> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  stops.push(async () => {
    server.closeAllConnections();
    server.close();
  });
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`);
}

it('V-02: a name of Slack that leads to this machine is refused before a connection', async () => {
  const connections: unknown[] = [];
  const server = createTcpServer((socket) => void connections.push(socket)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  stops.push(async () => server.close());
  const url = new URL(HOOK);
  url.port = String((server.address() as AddressInfo).port);
  expect([await postJson(url, {}, { resolve: found('127.0.0.1') }), connections]).toEqual([{ failed: 'refused' }, []]);
});

it('posts JSON and returns the answer', async () => {
  const seen: unknown[] = [];
  const url = await listening(async (request, response) => {
    const chunks = await request.toArray();
    seen.push(
      request.method,
      request.url,
      request.headers['content-type'],
      request.headers.authorization,
      JSON.parse(Buffer.concat(chunks).toString()),
    );
    response.setHeader('Retry-After', '7').writeHead(429).end('slow down');
  });
  expect(await postJson(url, { text: 'é' }, { headers: { authorization: 'Bearer t' } })).toEqual({
    status: 429,
    retryAfter: '7',
    body: 'slow down',
  });
  expect(seen).toEqual(['POST', '/hook', 'application/json; charset=utf-8', 'Bearer t', { text: 'é' }]);
});

it('V-03: a redirect is an answer and is not followed', async () => {
  let requests = 0;
  const url = await listening((_, response) => {
    requests += 1;
    response.writeHead(302, { location: '/elsewhere' }).end();
  });
  expect([await postJson(url, {}), requests]).toEqual([{ status: 302, retryAfter: undefined, body: '' }, 1]);
});

it('V-04: reads no more than 64 KB of an answer', async () => {
  const url = await listening((_, response) => void response.writeHead(200).write('x'.repeat(65 * 1024)));
  expect(await postJson(url, {})).toEqual({ failed: 'too long' });
});

it('V-04: gives up on an answer that does not come, or does not end', async () => {
  const silent = await listening(() => undefined);
  const endless = await listening((_, response) => void response.writeHead(200).write('x'));
  expect([await postJson(silent, {}, { limit: 50 }), await postJson(endless, {}, { limit: 50 })]).toEqual([
    { failed: 'timeout' },
    expect.objectContaining({ failed: expect.stringMatching(/^(timeout|network)$/) }),
  ]);
});

it('tells the code of a network that failed, and nothing of the address', async () => {
  const url = await listening((request) => request.socket.destroy());
  expect(await postJson(url, {})).toEqual({ failed: 'network', code: 'ECONNRESET' });
});

it('V-04: the allow-list of each partition is what is written here', () => {
  expect([slackHosts('aws'), slackHosts('aws-us-gov')]).toEqual([
    ['hooks.slack.com', 'slack.com', 'hooks.slack-gov.com', 'slack-gov.com'],
    ['hooks.slack-gov.com', 'slack-gov.com'],
  ]);
});
