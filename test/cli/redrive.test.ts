import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ageOf } from '../../shared/cli/redrive/tell.ts';
import { noticeFrom } from '../../shared/notices/notice.ts';
import { DAY, HOUR, MINUTE } from '../../shared/runtime/clock.ts';
import { ACCOUNT, aHub, type DeployedHub, OTHER } from '../support/cloud/operator/a-hub.ts';
import { OwnFault } from '../support/cloud/own/wire.ts';
import { aFinding, aState, LOGGING } from '../support/notices.ts';
import { aSample } from '../support/samples.ts';

const START = Date.parse('2026-11-21T09:30:00Z');
const ASIDE = ['RechecksDeadLetters', 'FixesDeadLetters', 'SlackDeadLetters', 'SweepDeadLetters', 'UndeliveredQueue'];

interface Message {
  id: string;
  body: string;
  sentAt: number;
  hidden?: boolean;
  attributes?: Record<string, string>;
}

let deployed: DeployedHub;
let queues: Record<string, Message[]>;
/** Deletions fail after so many. */
let deletable: number;

beforeEach(async () => {
  deployed = await aHub();
  queues = {};
  deletable = Number.POSITIVE_INFINITY;
  const parts = deployed.hub.stacks['eks-warden eu-west-1'] ?? [];
  const more = [...ASIDE, 'RechecksQueue'].map(
    (name) => [name, 'AWS::SQS::Queue', `${deployed.cloud.url}/${ACCOUNT}/${name}`] as const,
  );
  deployed.hub.stacks['eks-warden eu-west-1'] = [...parts, ...more];
  Object.assign(deployed.cloud.answers, sqs());
});
afterEach(() => deployed.stop());

const OTHERS = `Not looked at:
  the collectors of ${OTHER}: name a role there with --collector-role.`;

const of = (url: unknown) => queues[String(url).split('/').at(-1) ?? ''] ?? [];
const md5 = (text: unknown) => createHash('md5').update(String(text)).digest('hex');

/** The queues as SQS has them: what was received is hidden until it is shown again. */
function sqs(): DeployedHub['cloud']['answers'] {
  return {
    'sqs:ReceiveMessage': ({ QueueUrl }) => {
      const taken = of(QueueUrl)
        .filter(({ hidden }) => !hidden)
        .slice(0, 7);
      for (const message of taken) message.hidden = true;
      return {
        Messages: taken.map(({ id, body, sentAt, attributes = {} }) => ({
          MessageId: id,
          ReceiptHandle: id,
          Body: body,
          MD5OfBody: md5(body),
          Attributes: { SentTimestamp: String(sentAt), ApproximateReceiveCount: '6', MessageGroupId: 'group' },
          MessageAttributes: Object.fromEntries(
            Object.entries(attributes).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]),
          ),
        })),
      };
    },
    'sqs:DeleteMessage': ({ QueueUrl, ReceiptHandle }) => {
      deletable -= 1;
      if (deletable < 0) throw new OwnFault('AccessDenied', 'User: ana is not authorized', 403);
      const queue = of(QueueUrl);
      queue.splice(
        queue.findIndex(({ id }) => id === ReceiptHandle),
        1,
      );
      return {};
    },
    'sqs:ChangeMessageVisibility': ({ QueueUrl, ReceiptHandle }) => {
      for (const message of of(QueueUrl)) if (message.id === ReceiptHandle) message.hidden = false;
      return {};
    },
  };
}

const recheck = (at: number) =>
  JSON.stringify({
    resource: { kind: 'cluster', id: `c${at}`, account: ACCOUNT, region: 'eu-west-1' },
    seenAt: START + at,
    life: 'changed',
    why: 'event',
  });
const rechecks = (count: number): Message[] =>
  Array.from({ length: count }, (_, at) => ({ id: `m${at}`, body: recheck(at), sentAt: START + at })).reverse();
const sent = () =>
  deployed.cloud.calls.filter(({ action }) => action === 'sqs:SendMessage').map(({ input }) => input.MessageBody);

it('B-07: a hundred dead letters are handed over again in the order in which they came, each once', async () => {
  queues.RechecksDeadLetters = rechecks(100);
  const first = await deployed.run('redrive');
  const again = await deployed.run('redrive');
  expect([first.code, first.out.split('\n')[0], again.out, sent(), queues.RechecksDeadLetters]).toEqual([
    0,
    'RechecksDeadLetters: 100 messages; handed to RechecksQueue again, the oldest first.',
    `Nothing was set aside in 7 queues.\n\n${OTHERS}\n`,
    Array.from({ length: 100 }, (_, at) => recheck(at)),
    [],
  ]);
});

it('B-07: what is interrupted between handing over and taking out is handed over again, and shown to others at once', async () => {
  queues.RechecksDeadLetters = rechecks(3);
  deletable = 1;
  const { code, err } = await deployed.run('redrive');
  expect([code, err, sent(), queues.RechecksDeadLetters.map(({ id, hidden }) => [id, hidden])]).toEqual([
    2,
    'eks-warden: Denied: eks-warden needs sqs:DeleteMessage for this (AccessDenied on sqs:DeleteMessage).\n',
    [recheck(0), recheck(1)],
    [
      ['m2', false],
      ['m1', false],
    ],
  ]);
});

it('a dry run shows what is there, why and how old, and touches nothing', async () => {
  queues.RechecksDeadLetters = rechecks(2);
  queues.ChangesDeadLetters = [];
  queues['changes-dead'] = [
    {
      id: 'e1',
      body: '{}',
      sentAt: Date.now() - 3 * HOUR,
      attributes: { ERROR_CODE: 'NO_PERMISSIONS', ERROR_MESSAGE: 'not allowed' },
    },
  ];
  const { code, out, err } = await deployed.run('redrive', '--dry-run');
  const age = `${Math.floor((Date.now() - START) / DAY)} d`;
  expect([code, err, sent(), out.replaceAll(age, 'AGE').split('\n')]).toEqual([
    1,
    '',
    [],
    [
      'ChangesDeadLetters: 1 message; nothing was touched.',
      expect.stringMatching(/^Age +Tries +What$/),
      expect.stringMatching(/^3 h +6 +nothing of ours: The message is no event\.$/),
      '  NO_PERMISSIONS: not allowed',
      '',
      'RechecksDeadLetters: 2 messages; nothing was touched.',
      expect.stringMatching(/^Age +Tries +What$/),
      expect.stringContaining(`recheck of ${ACCOUNT}#eu-west-1#cluster#c0 (event)`),
      expect.stringContaining(`recheck of ${ACCOUNT}#eu-west-1#cluster#c1 (event)`),
      '  evaluate-resource failed 6 times: its log has why.',
      '',
      ...OTHERS.split('\n'),
      '',
    ],
  ]);
  expect(queues.RechecksDeadLetters.map(({ hidden }) => hidden)).toEqual([false, false]);
});

it('what is none of ours stays where it is, and is said', async () => {
  queues.RechecksDeadLetters = [...rechecks(1), { id: 'odd', body: '[]', sentAt: START + 9 }];
  const { code, out } = await deployed.run('redrive', 'RechecksDeadLetters', '--format', 'json');
  expect([code, JSON.parse(out)[0].said, queues.RechecksDeadLetters.map(({ id }) => id)]).toEqual([
    1,
    'handed to RechecksQueue again, the oldest first; 1 left, none of ours',
    ['odd'],
  ]);
});

it('fixes are handed over only where their queue is named', async () => {
  const resource = { kind: 'cluster', id: 'c', account: ACCOUNT, region: 'eu-west-1' };
  queues.FixesDeadLetters = [{ id: 'f', body: JSON.stringify({ resource }), sentAt: START }];
  const all = await deployed.run('redrive');
  const left = queues.FixesDeadLetters.length;
  const named = await deployed.run('redrive', 'FixesDeadLetters');
  expect([all.out.split('\n')[0], left, named.out.split('\n')[0], queues.FixesDeadLetters]).toEqual([
    'FixesDeadLetters: 1 message; left alone: look first, then npx eks-warden redrive FixesDeadLetters.',
    1,
    'FixesDeadLetters: 1 message; handed to FixesQueue again, the oldest first.',
    [],
  ]);
});

it('a sweep that the schedule could not start is started', async () => {
  queues.SweepDeadLetters = [{ id: 's', body: '{}', sentAt: START }];
  const { out } = await deployed.run('redrive');
  const started = deployed.cloud.calls.filter(({ action }) => action === 'states:StartExecution').length;
  expect([out.split('\n')[0], started, queues.SweepDeadLetters]).toEqual([
    'SweepDeadLetters: 1 message; a sweep of everything has started.',
    1,
    [],
  ]);
});

it('ST-02: notices that the stream could not deliver are made again from the table, once', async () => {
  const at = START - 30 * DAY;
  await deployed.cloud.put(aState({ [LOGGING]: aFinding({ since: at }) }) as never);
  await deployed.cloud.put(aState({ [LOGGING]: aFinding() }, { id: 'orders', pk: `${ACCOUNT}#orders` }) as never);
  const arrival = new Date(at + MINUTE).toISOString();
  const info = { approximateArrivalOfFirstRecord: arrival, approximateArrivalOfLastRecord: arrival, batchSize: 3 };
  const aside = { id: 'u', body: JSON.stringify({ DDBStreamBatchInfo: info }), sentAt: at };
  queues.UndeliveredQueue = [{ ...aside }];
  const first = await deployed.run('redrive');
  queues.UndeliveredQueue.push({ ...aside });
  const again = await deployed.run('redrive');
  const published = deployed.cloud.calls
    .filter(({ action }) => action === 'sns:Publish')
    .map(({ input }) => noticeFrom(JSON.parse(String(input.Message)).sqs).key);
  expect([first.code, first.err, ...[first, again].map(({ out }) => out.split('\n')[0]), published]).toEqual([
    0,
    '',
    'UndeliveredQueue: 1 message; 1 notice told again, out of 2 resources of the table.',
    'UndeliveredQueue: 1 message; 0 notices told again, out of 2 resources of the table.',
    [`${ACCOUNT}#eu-west-1#cluster#payments`],
  ]);
});

const undelivered = (account: string, name: string): Message => ({
  id: `${account} ${name}`,
  body: JSON.stringify({ ...aSample('eks-UpdateClusterConfig', { recipientAccountId: account }), account }),
  sentAt: START,
  attributes: { ERROR_CODE: 'NO_PERMISSIONS', ERROR_MESSAGE: 'not allowed' },
});
const sendings = () =>
  deployed.cloud.calls
    .filter(({ action }) => action === 'sqs:SendMessage')
    .map(({ region, input }) => [region, String(input.QueueUrl).split('/').at(-1), input.MessageBody]);

it('what a collector could not deliver is handed to the hub, in its region, once; what is of another account stays', async () => {
  const ours = undelivered(ACCOUNT, 'one');
  queues.undelivered = [ours, undelivered('999988887777', 'forged')];
  const { code, out, err } = await deployed.run('redrive', 'UndeliveredEvents');
  const [head, , first, second, why] = out.split('\n');
  const left = queues.undelivered.map(({ id, hidden }) => [id, hidden]);
  const again = await deployed.run('redrive', 'UndeliveredEvents');
  expect([code, err, head, why, sendings(), left, again.code]).toEqual([
    1,
    '',
    `UndeliveredEvents of ${ACCOUNT} in us-east-1: 2 messages; handed to ChangesQueue again, the oldest first; 1 left, none of ours.`,
    '  NO_PERMISSIONS: not allowed',
    [['eu-west-1', 'changes', ours.body]],
    [['999988887777 forged', false]],
    1,
  ]);
  expect([first, second]).toEqual([
    expect.stringMatching(/event eks:UpdateClusterConfig \S+ \(111122223333 eu-west-1\)$/),
    expect.stringMatching(/nothing of ours: The event is of account 999988887777\.$/),
  ]);
});

it('collectors that could not be looked at are named with why, and those of another account are by a role of it', async () => {
  const { 'eks-warden-collector us-east-1': collector = [], ...hub } = deployed.hub.stacks;
  const ofSet = 'StackSet-eks-warden-collector-0a1b2c3d-0000-4000-8000-000000000001';
  deployed.hub.stacks = { ...hub, [`${ofSet} eu-west-1`]: collector };
  const of = (StackName: string, StackStatus: string) => ({
    StackName,
    StackStatus,
    CreationTime: '2026-11-20T10:00:00Z',
  });
  deployed.cloud.answers['cloudformation:ListStacks'] = (_, region) => ({
    StackSummaries: [
      of('StackSet-eks-warden-collector-older', 'DELETE_COMPLETE'),
      ...(region === 'eu-west-1' ? [of(ofSet, 'CREATE_COMPLETE')] : []),
    ],
  });
  const ours = undelivered(OTHER, 'one');
  queues.undelivered = [ours];
  const role = `arn:aws:iam::${OTHER}:role/operator`;
  const { code, out, err } = await deployed.run('redrive', 'UndeliveredEvents', '--collector-role', role);
  const without = await deployed.run('redrive', 'UndeliveredEvents', '--collector-role', 'operator');
  expect([code, err, out.split('\n')[0], out.slice(out.indexOf('Not looked')), sendings()]).toEqual([
    0,
    '',
    `UndeliveredEvents of ${OTHER} in eu-west-1: 1 message; handed to ChangesQueue again, the oldest first.`,
    `Not looked at:
  the collector of ${ACCOUNT} in us-east-1: there is no stack eks-warden-collector, nor one of a StackSet named so.
  the collector of ${OTHER} in us-east-1: there is no stack eks-warden-collector, nor one of a StackSet named so.
`,
    [['eu-west-1', 'changes', ours.body]],
  ]);
  expect([without.code, without.err]).toEqual([
    2,
    'eks-warden: "operator" is no ARN of a role: write it in full, as IAM shows it.\n',
  ]);
});

it('a queue that is not there is a mistake', async () => {
  expect(await deployed.run('redrive', 'RechecksDeadLeters')).toEqual({
    code: 2,
    out: '',
    err: 'eks-warden: There is no queue "RechecksDeadLeters" here. Did you mean RechecksDeadLetters?\n',
  });
});

it.each([
  [90 * 1000, '1 min'],
  [119 * MINUTE, '119 min'],
  [2 * HOUR, '2 h'],
  [3 * DAY, '3 d'],
])('an age of %d ms is %s', (milliseconds, text) => {
  expect(ageOf(milliseconds)).toBe(text);
});
