import { inspect } from 'node:util';
import { beforeAll, expect, it } from 'vitest';
import { merge } from '../support/cloud/audited/index.ts';
import { anEstate, estateOf } from '../support/estate.ts';
import type { HandlerSource } from '../support/local-world/handlers.ts';
import {
  ALL,
  aBaselineFile,
  aPipeline,
  LOGGING,
  loggingOf,
  MEMBER,
  type Pipeline,
  packaged,
  REGION,
  START,
} from '../support/pipeline.ts';
import { aSample, SAMPLE_NAMES } from '../support/samples.ts';

let deployed: HandlerSource;
beforeAll(async () => {
  deployed = await packaged('canaries', aBaselineFile({ ...ALL, [LOGGING]: 'remediate' }));
});

const canary = (name: string): string => `Canary${name}Canary`;
const KEY_ID = 'AKIACANARYCANARYCANA';
const SESSION = { accessKeyId: KEY_ID, secretAccessKey: canary('Secret'), sessionToken: canary('Session') };

/** What must stand nowhere: the secrets of events and accounts, of our own side, and what Slack answers. */
const SECRETS: readonly RegExp[] = [
  /Canary\w+Canary/,
  new RegExp(Buffer.from('CanaryUserData').toString('base64').slice(0, -4)),
  /\bA(?:KIA|SIA)[A-Z0-9]{16}\b/,
  /T000\/B000\/example/,
  /xoxb-example/,
];

/** A sample with a secret wherever one may stand in an event. */
function laden(name: string): unknown {
  const { detail, ...envelope } = aSample(name);
  const secrets = {
    password: canary('Password'),
    userData: canary('UserData'),
    token: canary('Token'),
    credentials: SESSION,
  };
  const more = (part: unknown) => (typeof part === 'object' && part !== null ? { ...part, ...secrets } : part);
  const { userIdentity, requestParameters, responseElements } = detail;
  return {
    ...envelope,
    detail: {
      ...detail,
      userIdentity: more(userIdentity) && { ...(userIdentity as object), accessKeyId: KEY_ID, credentials: SESSION },
      requestParameters: more(requestParameters),
      responseElements: more(responseElements),
      additionalEventData: secrets,
      errorMessage: canary('Error'),
    },
  };
}

/** The estate, whose nodes start with a secret in their user data. */
function audited() {
  const account = anEstate(MEMBER, REGION);
  const UserData = Buffer.from(`CanaryUserData ${canary('UserData')}`).toString('base64');
  const templates = Object.keys(account.regions[REGION]?.launchTemplates ?? {});
  const laden = Object.fromEntries(templates.map((id) => [id, { LaunchTemplateData: { UserData } }]));
  return merge(account, { regions: { [REGION]: { launchTemplates: laden } } });
}

/** A change that is fixed, looks at all that there is, events with secrets, and everything going wrong once. */
async function aBadDay(pipeline: Pipeline): Promise<void> {
  const { world, cloud } = pipeline;
  pipeline.update(loggingOf(false, 'scheduler'));
  for (const resource of estateOf(MEMBER, REGION))
    world.queues.rechecks.send({ body: JSON.stringify({ resource, seenAt: START, life: 'changed', why: 'sweep' }) });
  await world.untilIdle();
  for (const [at, name] of SAMPLE_NAMES.entries()) world.put(laden(name), at * 500);
  world.slack.next('unwell', { retryAfter: 5 }, { status: 403, body: canary('Answer') }, 'drop', 'no_service');
  for (const body of [canary('Body'), `{"resource":"${canary('Body')}"}`, `{"secret":"${canary('Body')}"}`])
    for (const queue of Object.values(world.queues)) queue.send({ body });
  const faults = ['denied', 'malformed', 'empty', 'throttled', '5xx', 'dropped'] as const;
  for (const [at, answer] of faults.entries())
    world.at(world.now() + at * 15_000, answer, () => void cloud.fault({ when: { action: '*' }, answer, times: 5 }));
  for (const action of ['dynamodb:PutItem', 'sqs:SendMessage', 'sns:Publish', 'ssm:GetParameter'])
    for (const kind of ['5xx', 'denied'] as const)
      world.at(world.now() + 20_000, `${action} fails`, () => void world.cloud.fault({ action, kind, times: 4 }));
  pipeline.update(loggingOf(false, 'audit', 'authenticator'));
  await world.untilIdle();
  world.cloud.secrets.set(world.environment.SLACK_SECRET ?? '', `{"webhook":"http://${canary('Host')}/"}`);
  pipeline.update({ resourcesVpcConfig: { endpointPublicAccess: true, publicAccessCidrs: ['0.0.0.0/0'] } });
  await world.untilIdle();
}

/** Everything that leaves a function, but for what it hands to Slack's own address: line by line with where it was. */
async function leftBehind({ world, steps }: Pipeline): Promise<[string, string][]> {
  const text = (value: unknown) => inspect(value, { depth: 12, maxStringLength: null, maxArrayLength: null });
  return [
    ...world.logs.map(({ function: name, line }): [string, string] => [`log of ${name}`, line]),
    ...(await world.items()).map((item): [string, string] => ['item', JSON.stringify(item)]),
    ...world.deliveries.map((one): [string, string] => ['delivery', JSON.stringify(one)]),
    ...world.slack.posts.map(({ body }): [string, string] => ['post', JSON.stringify(body)]),
    ...world.invocations.map(({ error, result }): [string, string] => ['outcome', text([error, result])]),
    ...steps.flatMap((step): [string, string][] => {
      if (step.step === 'message' && step.queue !== 'changes') return [[`message to ${step.queue}`, step.body]];
      return step.step === 'publish' ? [['publication', JSON.stringify(step.published)]] : [];
    }),
  ];
}

it.each(['webhook', 'token'] as const)(
  'Y-01: no secret of an event, an account or our own goes anywhere: %s',
  async (slack) => {
    const environment = { AWS_SECRET_ACCESS_KEY: canary('OwnSecret'), AWS_SESSION_TOKEN: canary('OwnSession') };
    await using pipeline = await aPipeline({ handlers: deployed, audited: audited(), environment, slack });
    await aBadDay(pipeline);
    const left = await leftBehind(pipeline);
    const ours = left.filter(([where, text]) => !(where.startsWith('message') && text.includes(canary('Body'))));
    expect(ours.filter(([, text]) => SECRETS.some((secret) => secret.test(text)))).toEqual([]);
    expect(new Set(left.map(([where]) => where.split(' ')[0]))).toEqual(
      new Set(['log', 'item', 'delivery', 'post', 'outcome', 'message', 'publication']),
    );
  },
);

/** Every field that a log line may have. A new one stands here before it stands in a log. */
const FIELDS = [
  'eventId',
  'firstNotice',
  'level',
  'message',
  'messageId',
  'milliseconds',
  'notice',
  'notices',
  'problem',
  'records',
  'requestId',
  'resource',
  'sampling_rate',
  'service',
  'state',
  'timestamp',
  'why',
];

it('Y-02: at the default level a log line has chosen fields and never an event', async () => {
  await using pipeline = await aPipeline({ handlers: deployed, audited: audited() });
  await aBadDay(pipeline);
  const lines = pipeline.world.logs.map(({ line }) => JSON.parse(line) as Record<string, unknown>);
  const said = lines.filter((line) => line._aws === undefined);
  expect([...new Set(said.flatMap((line) => Object.keys(line)))].sort()).toEqual(FIELDS);
  expect(Math.max(...pipeline.world.logs.map(({ line }) => line.length))).toBeLessThan(2000);
});
