import { expect, it } from 'vitest';
import type { Notice } from '../../shared/notices/notice.ts';
import type { Answer, PostOptions } from '../../shared/notices/post-json.ts';
import { slackPoster } from '../../shared/notices/slack-post.ts';
import { aFinding, aListeningWorld, aNotice, EVERYBODY, NOON, PAYMENTS } from '../support/notices.ts';

const SECRET = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:slack';
const TOKEN = '{"token":"xoxb-canary","channel":"#ops"}';
const SHAPES = 'It must be {"webhook": "https://…"} or {"token": "xoxb-…", "channel": "…"}.';
const OK: Answer = { status: 200, retryAfter: undefined, body: 'ok' };
const answer = (status: number, body = '', retryAfter?: string): Answer => ({ status, body, retryAfter });
const sent = (ts: string): Answer => answer(200, JSON.stringify({ ok: true, channel: 'C01', ts }));

/** A poster whose Slack answers as told, and everything that it did. */
function aPoster(answers: readonly Answer[] = [], secret?: string) {
  const listening = aListeningWorld(secret);
  const left = [...answers];
  const posts: { url: string; body: Record<string, unknown>; options: PostOptions | undefined }[] = [];
  const hidden: [string, number][] = [];
  const poster = slackPoster(listening.world, {
    secret: SECRET,
    hide: async (receiptHandle, seconds) => void hidden.push([receiptHandle, seconds]),
    post: async (url, body, options) => {
      posts.push({ url: url.href, body: body as Record<string, unknown>, options });
      return left.shift() ?? OK;
    },
  });
  return {
    ...listening,
    posts,
    hidden,
    post: async (...bodies: string[]) =>
      (await poster.post(bodies.map(queued))).batchItemFailures.map((one) => one.itemIdentifier),
  };
}

const queued = (body: string, index: number) => ({ messageId: `m${index}`, receiptHandle: `r${index}`, body });
const enveloped = (notice: Notice) => JSON.stringify({ Type: 'Notification', Message: JSON.stringify(notice) });
const on = (id: string, overrides: Parameters<typeof aNotice>[0] = {}, routes = [EVERYBODY]) =>
  aNotice({ resource: { ...PAYMENTS, id }, clusters: [id], ...overrides }, {}, routes);

it('makes one post of a batch, plain or from SNS, and takes its messages off the queue', async () => {
  const slack = aPoster();
  expect(await slack.post(enveloped(on('a')), JSON.stringify(on('b')))).toEqual([]);
  expect(slack.posts.map(({ url, body }) => [url, body.text])).toEqual([
    ['https://hooks.slack.com/services/T0/B0/canary', 'HIGH: 2 changes on 2 resources: 2 high'],
  ]);
  expect(slack.counts).toEqual({ received: 2, posted: 2 });
});

it('fails a malformed message alone, and posts its neighbours', async () => {
  const slack = aPoster();
  expect(await slack.post('{', enveloped(on('a')), '{"Message":"{}"}')).toEqual(['m0', 'm2']);
  expect([slack.posts.length, slack.counts]).toEqual([1, { received: 3, failed: 2, posted: 1 }]);
});

it('posts a notice once, however often it is delivered', async () => {
  const slack = aPoster();
  const twice = enveloped(on('a'));
  expect([await slack.post(twice, twice), await slack.post(twice)]).toEqual([[], []]);
  expect([slack.posts.length, slack.counts]).toEqual([1, { received: 3, posted: 2, ignored: 1 }]);
});

it('N-01: a 429 hides the messages for as long as Slack asks, and keeps them', async () => {
  const slack = aPoster([answer(429, 'rate_limited', '30')]);
  const body = enveloped(on('a'));
  expect([await slack.post(body), slack.hidden, slack.counts]).toEqual([
    ['m0'],
    [['r0', 30]],
    { received: 1, later: 1 },
  ]);
  expect([await slack.post(body), slack.posts.length]).toEqual([[], 2]);
});

it.each([
  ['a date', new Date(NOON + 90_000).toUTCString(), 90],
  ['a date that is past', new Date(NOON - 90_000).toUTCString(), 1],
  ['nothing', undefined, 30],
  ['nonsense', 'soon', 30],
  ['a week', '604800', 3600],
])('reads a Retry-After of %s', async (_, retryAfter, seconds) => {
  const slack = aPoster([answer(429, '', retryAfter)]);
  await slack.post(enveloped(on('a')));
  expect(slack.hidden).toEqual([['r0', seconds]]);
});

it.each<[string, Answer]>([
  ['500', answer(500)],
  ['503', answer(503, 'service_unavailable')],
  ['a timeout', { failed: 'timeout' }],
  ['a reset connection', { failed: 'network', code: 'ECONNRESET' }],
])('N-02: tries again after %s', async (_, failure) => {
  const slack = aPoster([failure]);
  expect([await slack.post(enveloped(on('a'))), slack.hidden, slack.counts]).toEqual([
    ['m0'],
    [],
    { received: 1, later: 1 },
  ]);
});

it.each<[string, Answer, string]>([
  ['404', answer(404, 'no_service'), 'Slack answered 404 (no_service).'],
  ['410', answer(410, 'channel_is_archived'), 'Slack answered 410 (channel_is_archived).'],
  ['403', answer(403, 'invalid_token'), 'Slack answered 403 (invalid_token).'],
  ['a body of its own', answer(400, '<html>secret-canary</html>'), 'Slack answered 400.'],
  ['a redirect', answer(302), 'Slack answered 302.'],
  [
    'an address inside a network',
    { failed: 'refused' },
    'The name of the Slack host led to an address inside a network.',
  ],
  ['an endless answer', { failed: 'too long' }, 'The answer was longer than 64 KB: this is not Slack.'],
])('N-02: %s fails with its reason, logged and counted', async (_, failure, why) => {
  const slack = aPoster([failure]);
  expect([await slack.post(enveloped(on('a'))), slack.counts]).toEqual([['m0'], { received: 1, failed: 1 }]);
  expect(slack.lines.map((line) => JSON.parse(line).why)).toEqual([why]);
});

it('V-04: Y-01: neither the webhook, the token nor what Slack answered stands in a log line', async () => {
  const failures = [answer(404, 'canary'), answer(200, '{"ok":false,"error":"canary"}')];
  const posters = [
    aPoster(failures),
    aPoster(failures, TOKEN),
    aPoster([], '{"webhook":"https://canary.example/"}'),
    aPoster([], 'canary'),
  ];
  for (const slack of posters) await slack.post(enveloped(on('a')), 'canary');
  expect(posters.flatMap(({ lines }) => lines).filter((line) => line.includes('canary'))).toEqual([]);
  expect(posters.map(({ lines }) => lines.length)).toEqual([2, 2, 2, 2]);
});

it.each([
  ['no JSON', 'hello', `The Slack secret is no JSON object. ${SHAPES}`],
  ['an address alone', '"https://hooks.slack.com/x"', `The Slack secret is no JSON object. ${SHAPES}`],
  [
    'both kinds',
    '{"webhook":"https://hooks.slack.com/x","token":"t","channel":"c"}',
    `The Slack secret holds both a webhook and a token. ${SHAPES}`,
  ],
  ['a token alone', '{"token":"xoxb-1"}', `The Slack secret has a token and no channel. ${SHAPES}`],
  ['a channel alone', '{"channel":"#ops"}', `The Slack secret has a channel and no token. ${SHAPES}`],
  [
    'other names',
    '{"url":"https://hooks.slack.com/x"}',
    `The Slack secret has neither a webhook nor a token. ${SHAPES}`,
  ],
  [
    'an empty channel',
    '{"token":"xoxb-1","channel":""}',
    `The Slack secret has a field that is unknown, empty or no text. ${SHAPES}`,
  ],
  [
    'an address elsewhere',
    '{"webhook":"https://evil.example/"}',
    'The address in the Slack secret is refused: its host is not one of Slack.',
  ],
  ['plain http', '{"webhook":"http://127.0.0.1:9/x"}', 'The address in the Slack secret is refused: it is not https.'],
])('V-05: a secret with %s fails every message with its reason and posts nothing', async (_, secret, why) => {
  const slack = aPoster([], secret);
  expect([await slack.post(enveloped(on('a'))), slack.posts, slack.counts]).toEqual([
    ['m0'],
    [],
    { received: 1, failed: 1 },
  ]);
  expect(slack.lines.map((line) => JSON.parse(line).why)).toEqual([why]);
});

it('V-05: an address in a notice is never posted to', async () => {
  const slack = aPoster();
  const notice = {
    ...on('a'),
    webhook: 'https://evil.example/',
    to: { email: false, chat: false, slack: ['https://evil.example/'] },
  };
  await slack.post(enveloped(notice as Notice));
  expect(slack.posts.map(({ url }) => url)).toEqual(['https://hooks.slack.com/services/T0/B0/canary']);
});

it('opens a thread for a cluster with a token, and goes on in it', async () => {
  const slack = aPoster([sent('1.1'), sent('2.2')], TOKEN);
  await slack.post(enveloped(on('a')));
  await slack.post(enveloped(on('a', { version: 8, finding: aFinding({ severity: 'low' }) })));
  expect(
    slack.posts.map(({ url, body: { channel, thread_ts, reply_broadcast }, options }) => ({
      url,
      channel,
      thread_ts,
      reply_broadcast,
      ...options?.headers,
    })),
  ).toEqual([
    {
      url: 'https://slack.com/api/chat.postMessage',
      channel: '#ops',
      thread_ts: undefined,
      reply_broadcast: undefined,
      authorization: 'Bearer xoxb-canary',
    },
    {
      url: 'https://slack.com/api/chat.postMessage',
      channel: '#ops',
      thread_ts: '1.1',
      reply_broadcast: false,
      authorization: 'Bearer xoxb-canary',
    },
  ]);
});

it('updates the message that told of a finding when that is resolved', async () => {
  const slack = aPoster([sent('1.1'), sent('1.1')], TOKEN);
  await slack.post(enveloped(on('a')));
  await slack.post(enveloped(on('a', { version: 8, from: 'open', to: 'closed' })));
  expect(slack.posts.map(({ url, body: { channel, ts, text } }) => [url, channel, ts, text]).at(-1)).toEqual([
    'https://slack.com/api/chat.update',
    'C01',
    '1.1',
    'RESOLVED: EKS cluster a: All five control-plane log types are on',
  ]);
});

it('posts what is resolved as a reply where the message told of more, or Slack refuses the update', async () => {
  const more = {
    ...on('a'),
    news: [...on('a').news, ...on('a').news.map((one) => ({ ...one, control: 'node-no-ssh' }))],
  };
  const several = aPoster([sent('1.1')], TOKEN);
  const refused = aPoster([sent('1.1'), answer(200, '{"ok":false,"error":"message_not_found"}')], TOKEN);
  const resolved = enveloped(on('a', { version: 8, from: 'open', to: 'closed' }));
  await several.post(enveloped(more));
  await several.post(resolved);
  await refused.post(enveloped(on('a')));
  await refused.post(resolved);
  const methods = (slack: typeof several) =>
    slack.posts.map(({ url, body }) => [url.split('/').at(-1), body.thread_ts]);
  expect([methods(several), methods(refused)]).toEqual([
    [
      ['chat.postMessage', undefined],
      ['chat.postMessage', '1.1'],
    ],
    [
      ['chat.postMessage', undefined],
      ['chat.update', undefined],
      ['chat.postMessage', '1.1'],
    ],
  ]);
});

it('begins a new thread where somebody deleted the old one', async () => {
  const slack = aPoster(
    [sent('1.1'), answer(200, '{"ok":false,"error":"thread_not_found"}'), sent('3.3'), sent('4.4')],
    TOKEN,
  );
  for (const version of [7, 8, 9]) await slack.post(enveloped(on('a', { version })));
  expect(slack.posts.map(({ body }) => body.thread_ts)).toEqual([undefined, '1.1', undefined, '3.3']);
});

it('N-07: posts by cluster and channel with a token; a channel that fails holds up no other, and a channel that has it is not told twice', async () => {
  const slack = aPoster([sent('1.1'), sent('2.2'), answer(500), sent('3.3')], TOKEN);
  const both = enveloped(on('a', {}, [EVERYBODY, { ...EVERYBODY, slackChannel: '#security' }]));
  expect([await slack.post(both, enveloped(on('b'))), await slack.post(both)]).toEqual([['m0'], []]);
  expect(slack.posts.map(({ body: { channel, text } }) => [channel, text])).toEqual([
    ['#ops', 'HIGH: EKS cluster a: Audit or authenticator logs are off: audit.'],
    ['#ops', 'HIGH: EKS cluster b: Audit or authenticator logs are off: audit.'],
    ['#security', 'HIGH: EKS cluster a: Audit or authenticator logs are off: audit.'],
    ['#security', 'HIGH: EKS cluster a: Audit or authenticator logs are off: audit.'],
  ]);
});

it('asks Slack no more once it has asked for time, and hides the rest of the batch as long', async () => {
  const slack = aPoster([answer(429, '', '12')], TOKEN);
  expect(await slack.post(enveloped(on('a')), enveloped(on('b')))).toEqual(['m0', 'm1']);
  expect([slack.posts.length, slack.hidden, slack.counts]).toEqual([
    1,
    [
      ['r0', 12],
      ['r1', 12],
    ],
    { received: 2, later: 2 },
  ]);
});

it('reads in the body whether the Web API took a message', async () => {
  const slack = aPoster(
    [
      answer(200, '{"ok":false,"error":"invalid_auth"}'),
      answer(200, '{"ok":false,"error":"ratelimited"}', '5'),
      answer(200, 'no JSON'),
    ],
    TOKEN,
  );
  for (const id of ['a', 'b', 'c']) await slack.post(enveloped(on(id)));
  expect(slack.lines.map((line) => JSON.parse(line).why)).toEqual([
    'Slack answered 200 (invalid_auth).',
    'Slack answered 200 (ratelimited).',
    'Slack answered 200.',
  ]);
  expect(slack.counts).toEqual({ received: 3, failed: 2, later: 1 });
});

it('is thrown, and tried again, where the secret cannot be read', async () => {
  const { world } = aListeningWorld();
  const poster = slackPoster(
    { ...world, secret: () => Promise.reject(new Error('throttled')) },
    { secret: SECRET, hide: async () => undefined },
  );
  await expect(poster.post([queued(enveloped(on('a')), 0)])).rejects.toThrow('throttled');
});

it('M-02: what there is no time to post stays in the queue as it is', async () => {
  const { world, counts } = aListeningWorld(TOKEN);
  let posts = 0;
  const poster = slackPoster(world, {
    secret: SECRET,
    hide: () => Promise.reject(new Error('Nothing is hidden.')),
    post: async () => {
      posts += 1;
      return sent('1.1');
    },
  });
  const bodies = ['a', 'b'].map((id) => enveloped(on(id)));
  expect(await poster.post(bodies.map(queued), () => posts === 0)).toEqual({
    batchItemFailures: [{ itemIdentifier: 'm1' }],
  });
  expect([posts, counts]).toEqual([1, { received: 2, posted: 1, later: 1 }]);
});

it('takes a notice that is for no Slack channel off the queue', async () => {
  const slack = aPoster();
  expect([await slack.post(enveloped(on('a', {}, []))), slack.posts, slack.counts]).toEqual([
    [],
    [],
    { received: 1, ignored: 1 },
  ]);
});
