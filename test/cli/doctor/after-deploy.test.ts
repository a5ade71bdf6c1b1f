import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { afterDeploy } from '../../../shared/cli/doctor/after-deploy.ts';
import { anAccount } from '../../support/cloud/audited/index.ts';
import { ACCOUNT, aHub, busPolicy, type DeployedHub, OTHER, sweepRow } from '../../support/cloud/operator/a-hub.ts';
import { OwnFault } from '../../support/cloud/own/wire.ts';

const HOUR = 3_600_000;
const LATELY = Date.now();
const at = (time: number) => `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

let deployed: DeployedHub;
let ended: number;
beforeEach(async () => {
  deployed = await aHub();
  ended = Date.now() - HOUR;
  await deployed.cloud.put(sweepRow(ended));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await deployed.stop();
});

/** What is not fine, from the command's own code in this process. */
async function wrongs() {
  const { env, folder } = deployed;
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  vi.stubEnv('EKS_WARDEN_DEPLOY', join(folder, 'deploy.yml'));
  const checks = await afterDeploy({}, join(folder, 'baseline.yml'));
  return checks.filter(({ state }) => state !== 'fine').map(({ state, title, why }) => `${state} ${title}: ${why}`);
}

it('G-03: a deployment that lives is told line by line, and ends with 0', async () => {
  expect(await deployed.run('doctor')).toEqual({
    code: 0,
    err: '',
    out: `✓ Trail in eu-west-1: it logs management events.
✓ Trail in us-east-1: it logs management events.
✓ Rules in eu-west-1: 2 rules enabled.
✓ Rules in us-east-1: 1 rule enabled.
✓ Bus for collectors: its policy lets 2 accounts deliver.
✓ Functions: all 1 are joined to their queues and stream.
✓ Queues: drained.
✓ Dead letters: none in 1 queue.
✓ Account 444455556666: the role eks-warden-read lets us in.
✓ Subscriptions: all are confirmed.
✓ Slack: it takes the token.
✓ Last sweep: it ended ${at(ended)} and read 5 scopes completely.
✓ Rights to read: the last sweep missed none.
✓ Event to verdict: at most 5 s within 24 hours.
✓ Fixing: it runs.

15 checks: all fine.
`,
  });
});

it('what is wrong and what mends it is one document for programs, and ends with 1', async () => {
  deployed.hub.disabled.add('own-eks');
  const { code, out } = await deployed.run('doctor', '--format', 'json');
  const { ok, checks } = JSON.parse(out);
  expect({ code, ok, wrong: checks.filter(({ state }: { state: string }) => state !== 'fine') }).toEqual({
    code: 1,
    ok: false,
    wrong: [
      {
        id: 'rule eu-west-1 OwnEksRule',
        title: 'Rule OwnEksRule in eu-west-1',
        state: 'wrong',
        why: 'it is disabled: its events are lost.',
        mend: 'Enable it: aws events enable-rule --region eu-west-1 --name own-eks',
      },
    ],
  });
});

it('what was set aside is found by its queue, and leads to its section of the runbook', async () => {
  deployed.hub.messages['changes-dead'] = 1;
  const { out } = await deployed.run('doctor');
  const url = `${deployed.cloud.url}/${ACCOUNT}/changes-dead`;
  expect(out).toContain(`✗ ChangesDeadLetters: 1 message could not be handled.
    Look: aws sqs receive-message --region eu-west-1 --queue-url ${url}; then docs/operating.md#alarm-changes-dead-letters
`);
});

it('what nobody may look at ends with 3, and says which permission is missing', async () => {
  deployed.cloud.denied.add('events:DescribeEventBus');
  const { code, out } = await deployed.run('doctor');
  expect([code, out.split('\n').filter((line) => line.startsWith('?'))]).toEqual([
    3,
    [
      '? Bus for collectors: Denied: eks-warden needs events:DescribeEventBus for this (AccessDenied on events:DescribeEventBus).',
    ],
  ]);
});

const READ_ROLE =
  'the role eks-warden-read does not exist there, or does not trust the functions of 111122223333 or their external id; no sweep has read it lately.';

const CAUSES: readonly [name: string, break_: (it: DeployedHub) => unknown, causes: readonly string[]][] = [
  [
    'a rule is disabled in another region',
    ({ hub }) => hub.disabled.add('collector-eks'),
    ['wrong Rule EksRule in us-east-1: it is disabled: its events are lost.'],
  ],
  [
    'a rule was deleted',
    ({ hub }) => hub.deleted.add('default own-eks').add('eks-warden-events own-eks'),
    ['wrong Rule OwnEksRule in eu-west-1: it was deleted: its events are lost.'],
  ],
  ['nothing, where a stack names a rule of the bus without it', ({ hub }) => hub.deleted.add('default own-eks'), []],
  [
    'a collector is missing',
    ({ hub }) => delete hub.stacks['eks-warden-collector us-east-1'],
    ['wrong Collector in us-east-1: there is no stack eks-warden-collector, so nothing that changes there is seen.'],
  ],
  [
    'a collector could not deliver',
    ({ hub }) => Object.assign(hub.messages, { undelivered: 2 }),
    ['wrong Events of us-east-1: 2 events could not be delivered to the bus.'],
  ],
  [
    'a subscription is unconfirmed',
    ({ hub }) => Object.assign(hub.subscriptions[0] ?? {}, { SubscriptionArn: 'PendingConfirmation' }),
    ['wrong email to platform@example.com: the subscription was never confirmed, so nothing arrives.'],
  ],
  [
    'the mailbox of deploy.yml is not subscribed',
    ({ hub }) => hub.subscriptions.shift(),
    ['wrong Subscriptions: platform@example.com of deploy.yml is not subscribed.'],
  ],
  [
    'the bus does not let a member deliver',
    ({ hub }) => Object.assign(hub, { policy: busPolicy([ACCOUNT]) }),
    ['wrong Bus for collectors: its policy does not let 444455556666 deliver.'],
  ],
  [
    'the bus lets everybody deliver',
    ({ hub }) => Object.assign(hub, { policy: busPolicy([ACCOUNT, OTHER, '*']) }),
    ['wrong Bus for collectors: its policy lets everybody deliver (FromCollectors).'],
  ],
  [
    'a function is not joined to its queue',
    ({ hub }) => Object.assign(hub, { mapping: 'Disabled' }),
    ['wrong LocateChangeMapping: it is Disabled, so eks-warden-locate-change gets nothing.'],
  ],
  [
    'a function is joined to its queue, and gets nothing',
    ({ cloud }) =>
      Object.assign(cloud.answers, {
        'lambda:GetEventSourceMapping': () => ({
          State: 'Enabled',
          FunctionArn: `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:eks-warden-locate-change`,
          LastProcessingResult: 'PROBLEM: Function call failed',
        }),
      }),
    ['wrong LocateChangeMapping: eks-warden-locate-change gets nothing: PROBLEM: Function call failed'],
  ],
  [
    'nobody may look at what joins functions to queues',
    ({ cloud }) => cloud.denied.add('lambda:GetEventSourceMapping'),
    [
      'unknown LocateChangeMapping: Denied: eks-warden needs lambda:GetEventSourceMapping for this (AccessDenied on lambda:GetEventSourceMapping).',
    ],
  ],
  [
    'the Slack secret was deleted, and is kept for some days',
    ({ cloud }) =>
      Object.assign(cloud.answers, {
        'secretsmanager:GetSecretValue': () => {
          throw new OwnFault(
            'InvalidRequestException',
            "You can't perform this operation on the secret because it was marked for deletion.",
          );
        },
      }),
    ['wrong Slack: its secret does not exist.'],
  ],
  [
    'messages were set aside',
    ({ hub }) => Object.assign(hub.messages, { 'changes-dead': 3 }),
    ['wrong ChangesDeadLetters: 3 messages could not be handled.'],
  ],
  [
    'messages wait for half an hour',
    ({ hub, cloud }) => {
      hub.messages.changes = 7;
      cloud.answers['cloudwatch:GetMetricStatistics'] = ({ MetricName }) => ({
        Datapoints: MetricName === 'ApproximateAgeOfOldestMessage' ? [{ Maximum: 1800 }] : [],
      });
    },
    ['wrong ChangesQueue: 7 messages wait, the oldest for 30 minutes.'],
  ],
  [
    'Slack refuses the token',
    ({ cloud }) => Object.assign(cloud.answers, { 'slack:auth.test': () => ({ ok: false, error: 'token_revoked' }) }),
    ['wrong Slack: Slack answered 200 (token_revoked).'],
  ],
  [
    'the Slack secret has another shape',
    ({ hub }) => Object.assign(hub, { secret: '{"url":"https://hooks.slack.com/services/T/B/secret"}' }),
    [
      'wrong Slack: The Slack secret has neither a webhook nor a token. It must be {"webhook": "https://…"} or {"token": "xoxb-…", "channel": "…"}.',
    ],
  ],
  [
    'events take too long',
    ({ hub }) => Object.assign(hub, { lag: 20 * 60_000 }),
    ['wrong Event to verdict: it took up to 20 minutes within 24 hours.'],
  ],
  [
    'the kill switch was deleted',
    ({ hub }) => {
      hub.stacks['eks-warden eu-west-1'] = (hub.stacks['eks-warden eu-west-1'] ?? []).filter(
        ([id]) => id !== 'KillSwitch',
      );
    },
    ['wrong Fixing: the baseline allows fixes, and what is deployed has no remediator.'],
  ],
  [
    'the last sweep left something out',
    ({ cloud }) =>
      cloud.put(
        sweepRow(LATELY, {
          complete: false,
          incomplete: ['role in 444455556666 global: AccessDenied on iam:GetAccountAuthorizationDetails.'],
          tally: { missing: { 'iam:GetAccountAuthorizationDetails': 12 } },
        }),
      ),
    [
      `wrong Last sweep: it ended ${at(LATELY)} and did not read everything: role in 444455556666 global: AccessDenied on iam:GetAccountAuthorizationDetails.`,
      'wrong Rights to read: missing: iam:GetAccountAuthorizationDetails (12 findings unread).',
    ],
  ],
];

it.each(CAUSES)('G-03: named: %s', async (_, break_, causes) => {
  await break_(deployed);
  expect(await wrongs()).toEqual(causes);
});

it('G-03: a trail that does not log, and a member that does not let us in, are named', async () => {
  await deployed.stop();
  const account = anAccount(ACCOUNT);
  for (const region of Object.values(account.regions)) {
    region.trailStatus = Object.fromEntries(
      Object.keys(region.trailStatus ?? {}).map((name) => [name, { IsLogging: false }]),
    );
  }
  deployed = await aHub({ [ACCOUNT]: account, [OTHER]: { externalId: 'a-word', regions: {}, iam: {} } });
  expect(await wrongs()).toEqual([
    'wrong Trail in eu-west-1: The trail management-events is not logging.',
    'wrong Trail in us-east-1: The trail management-events is not logging.',
    `wrong Account 444455556666: ${READ_ROLE}`,
    'wrong Last sweep: none has come to its end yet.',
  ]);
});

it('a member that refuses people is fine where the last sweep read it', async () => {
  await deployed.stop();
  deployed = await aHub({ [OTHER]: { externalId: 'a-word', regions: {}, iam: {} } });
  await deployed.cloud.put(sweepRow(ended));
  await deployed.cloud.put({ pk: `sweep#${OTHER}#global`, sk: 'done', complete: true, ended });
  expect(await wrongs()).toEqual([]);
});

it('no trail at all in a region is named', async () => {
  await deployed.stop();
  const account = anAccount(ACCOUNT);
  for (const region of Object.values(account.regions)) region.trails = {};
  deployed = await aHub({ [ACCOUNT]: account });
  await deployed.cloud.put(sweepRow(ended));
  expect(await wrongs()).toEqual([
    'wrong Trail in eu-west-1: No trail records eu-west-1.',
    'wrong Trail in us-east-1: No trail records us-east-1.',
  ]);
});

it('a paused deployment is not a broken one', async () => {
  deployed.hub.parameters.set('/eks-warden/fixes', 'off');
  expect(await wrongs()).toEqual([]);
});
