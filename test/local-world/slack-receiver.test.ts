import { afterEach, beforeEach, expect, it } from 'vitest';
import { type SlackReceiver, slackReceiver } from '../support/cloud/own/slack-receiver.ts';

const NOW = Date.parse('2026-03-02T09:00:00Z');
let slack: SlackReceiver;

beforeEach(async () => {
  slack = await slackReceiver(() => NOW);
});
afterEach(() => slack.stop());

async function post(url: string, body: object, headers: Record<string, string> = {}) {
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  return [answer.status, await answer.text(), answer.headers.get('retry-after')];
}

it('records what a webhook gets and answers as its script says, then ok', async () => {
  const { webhook } = JSON.parse(slack.webhookSecret) as { webhook: string };
  slack.next({ retryAfter: 7 }, 'unwell', 'no_service');
  const answers = [
    await post(webhook, { n: 1 }),
    await post(webhook, { n: 2 }),
    await post(webhook, { n: 3 }),
    await post(webhook, { n: 4 }),
  ];
  expect(answers).toEqual([
    [429, 'rate_limited', '7'],
    [500, 'internal_error', null],
    [404, 'no_service', null],
    [200, 'ok', null],
  ]);
  expect(slack.posts).toEqual(
    [429, 500, 404, 200].map((status, i) => ({
      at: NOW,
      way: 'webhook',
      token: undefined,
      body: { n: i + 1 },
      status,
    })),
  );
});

it('speaks the web API with a token, and names each message', async () => {
  const { token, api } = JSON.parse(slack.tokenSecret) as { token: string; api: string };
  const authorization = { authorization: `Bearer ${token}` };
  slack.next('ok', { error: 'channel_not_found' });
  const sent = await post(`${api}chat.postMessage`, { channel: 'C1' }, authorization);
  const failed = await post(`${api}chat.update`, { channel: 'C1', ts: '1' }, authorization);
  expect([sent, failed]).toEqual([
    [200, '{"ok":true,"channel":"C1","ts":"1772442000.000001"}', null],
    [200, '{"ok":false,"error":"channel_not_found"}', null],
  ]);
  expect(slack.posts.map(({ way, token: given }) => [way, given])).toEqual([
    ['chat.postMessage', token],
    ['chat.update', token],
  ]);
});

it('knows no other address', async () => {
  expect(await post(`${slack.url}/services/other`, {})).toEqual([404, 'no_team', null]);
  expect(slack.posts).toEqual([]);
});
