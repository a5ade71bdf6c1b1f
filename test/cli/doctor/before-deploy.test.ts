import { rmSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { type Asking, aBareAccount, type BareAccount } from '../../support/cloud/bare/bare-account.ts';

const SECRET = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:slack-a1b2c3';
let asking: Asking;
let inOrder: BareAccount;
beforeAll(async () => {
  asking = await aBareAccount(`region: eu-west-1\nemail: security@example.org\nslackSecret: ${SECRET}\n`);
  asking.account.secret = '{"webhook":"https://hooks.slack.com/services/T/B/x"}';
  inOrder = structuredClone(asking.account);
});
beforeEach(() => Object.assign(asking.account, structuredClone(inOrder)));
afterAll(async () => {
  await asking.stop();
  rmSync(asking.folder, { recursive: true });
});

const before = (...args: string[]) => asking.run('doctor', '--before-deploy', ...args);

it('an account in which all is in order is ready', async () => {
  expect(await before()).toEqual({
    code: 0,
    err: '',
    out: `✓ Regions: watched are eu-west-1, us-east-1; blind are eu-central-1.
    A blind region is swept by nobody and its events are not seen: add it to regions in deploy.yml if clusters may run there.
✓ Trail in eu-west-1: it logs management events.
✓ Trail in us-east-1: it logs management events.
✓ Lambda concurrency: 1000 functions may run at once in eu-west-1.
✓ Slack secret: it holds a webhook.
✓ Stack eks-warden in eu-west-1: the name is free.
✓ Stack eks-warden-collector in us-east-1: the name is free.
✓ Kept tables: none is left over.
✓ Your rights: everything that deploying takes is allowed.

9 checks: all fine.
`,
  });
});

it('everything that is wrong is told at once, with its cause and what mends it', async () => {
  Object.assign(asking.account, {
    regions: ['eu-west-1'],
    stacks: { 'eks-warden eu-west-1': { status: 'CREATE_COMPLETE', has: ['SomebodysBucket'] } },
    tables: ['eks-warden-FindingsTable-A', 'eks-warden-FindingsTable-B'],
    concurrency: 10,
    logging: ['us-east-1'],
    secret: '{"url":"https://hooks.slack.com/services/T/B/very-secret"}',
    denied: ['iam:PassRole', 'sqs:CreateQueue'],
  });
  expect(await before()).toEqual({
    code: 1,
    err: '',
    out: `✗ Regions: us-east-1 is no region of this account, or is not enabled in it.
    Correct region and regions in deploy.yml, or enable them in the account settings.
✗ Trail in eu-west-1: The trail all is not logging.
    Start logging, or give one trail all Regions and all management events: docs/controls/trail-enabled.md
✓ Trail in us-east-1: it logs management events.
✗ Lambda concurrency: only 10 functions may run at once in eu-west-1, shared with all others of the account. Nothing is lost, but events wait in the queues when many come, and the sweep takes longer.
    Ask for more: aws service-quotas request-service-quota-increase --service-code lambda --quota-code L-B99A9384 --desired-value 1000 --region eu-west-1
✗ Slack secret: The Slack secret has neither a webhook nor a token. It must be {"webhook": "https://…"} or {"token": "xoxb-…", "channel": "…"}.
    Store a new value in it: docs/slack.md.
✗ Stack eks-warden in eu-west-1: a stack of this name exists and is not one of eks-warden.
    Choose another name in deploy.yml; it is left alone.
✓ Stack eks-warden-collector in us-east-1: the name is free.
✗ Kept tables: eks-warden-FindingsTable-A, eks-warden-FindingsTable-B were kept by deployments that are no more.
    Name the one to take back, npm run deploy -- --table NAME, or none, --table new; delete what nobody needs.
✗ Your rights: denied: iam:PassRole, sqs:CreateQueue.
    Have this policy attached to you: npx eks-warden policy deployer

9 checks: 7 wrong.
`,
  });
});

it('what may not be looked at is unknown, and named with the permission that is missing', async () => {
  asking.account.refused = ['SimulatePrincipalPolicy', 'DescribeRegions', 'GetSecretValue'];
  const { code, out } = await before('--format', 'json');
  const { ok, checks }: { ok: boolean; checks: { id: string; state: string; why: string }[] } = JSON.parse(out);
  const unknown = checks.filter(({ state }) => state !== 'fine');
  expect({ code, ok, unknown: unknown.map(({ id, state, why }) => `${id} ${state}: ${why}`) }).toEqual({
    code: 3,
    ok: false,
    unknown: [
      'regions unknown: Denied: eks-warden needs ec2:DescribeRegions for this (AccessDenied on ec2:DescribeRegions).',
      'slack-secret unknown: Denied: eks-warden needs secretsmanager:GetSecretValue for this (AccessDenied on secretsmanager:GetSecretValue).',
      'rights unknown: Denied: eks-warden needs iam:SimulatePrincipalPolicy for this (AccessDenied on iam:SimulatePrincipalPolicy).',
    ],
  });
});

it.each([
  ['UPDATE_IN_PROGRESS', 'it is being changed (UPDATE_IN_PROGRESS).'],
  ['ROLLBACK_COMPLETE', 'it was left behind by a deployment or a removal that failed (ROLLBACK_COMPLETE).'],
])('a stack of ours that is %s is in the way', async (status, why) => {
  asking.account.stacks = {
    'eks-warden eu-west-1': { status, has: ['FindingsTable', 'ChangesQueue', 'NoticesTopic'] },
  };
  const { out } = await before('--format', 'json');
  const { checks }: { checks: { id: string; why: string }[] } = JSON.parse(out);
  expect(checks.find(({ id }) => id === 'stack eks-warden eu-west-1')?.why).toBe(why);
});

it('a secret that is not there is named before anything is deployed, and nothing of one that is', async () => {
  asking.account.secret = undefined;
  const { out } = await before();
  expect(out).toContain(`✗ Slack secret: there is no secret ${SECRET}.`);
});
