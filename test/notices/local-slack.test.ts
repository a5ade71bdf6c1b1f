import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { slackPoster } from '../../shared/notices/slack-post.ts';
import { aListeningWorld, aNotice } from '../support/notices.ts';

const received: { path: string | undefined; text: unknown }[] = [];
const server = createServer(async (request, response) => {
  const { text } = JSON.parse(Buffer.concat(await request.toArray()).toString());
  received.push({ path: request.url, text });
  response.end(request.url === '/hook' ? 'ok' : '{"ok":true,"channel":"C01","ts":"1.1"}');
});
const address = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

beforeAll(() => once(server.listen(0, '127.0.0.1'), 'listening'));
afterAll(() => void server.close());
beforeEach(() => void received.splice(0));

async function posted(secret: object, endpoint: string | undefined) {
  const { world, counts } = aListeningWorld(JSON.stringify(secret));
  const arn = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:slack';
  const { post } = slackPoster(world, { secret: arn, endpoint, hide: async () => undefined });
  await post([{ messageId: 'm', receiptHandle: 'r', body: JSON.stringify(aNotice()) }]);
  return counts;
}

it('posts over HTTP to a stand-in of Slack on this machine', async () => {
  const text = 'HIGH: EKS cluster payments: Audit or authenticator logs are off: audit.';
  expect(await posted({ webhook: `${address()}/hook` }, address())).toEqual({ received: 1, posted: 1 });
  expect(await posted({ token: 't', channel: '#ops', api: `${address()}/api` }, address())).toEqual({
    received: 1,
    posted: 1,
  });
  expect(received).toEqual([
    { path: '/hook', text },
    { path: '/api/chat.postMessage', text },
  ]);
});

it.each([undefined, 'https://sqs.eu-west-1.amazonaws.com', 'http://localhost:4566'])(
  'V-01: with the endpoint %s the stand-in is refused and hears nothing',
  async (endpoint) => {
    expect(await posted({ webhook: `${address()}/hook` }, endpoint)).toEqual({ received: 1, failed: 1 });
    expect(received).toEqual([]);
  },
);
