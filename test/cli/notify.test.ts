import { afterEach, beforeEach, expect, it } from 'vitest';
import { noticeFrom } from '../../shared/notices/notice.ts';
import { ACCOUNT, aHub, type DeployedHub } from '../support/cloud/operator/a-hub.ts';

let deployed: DeployedHub;
beforeEach(async () => {
  deployed = await aHub();
});
afterEach(() => deployed.stop());

/** What SNS was handed: the subject, and the notice as queues get it. */
function sent() {
  const [{ input = {} } = {}] = deployed.cloud.calls.filter(({ action }) => action === 'sns:Publish');
  return { subject: input.Subject, notice: noticeFrom(JSON.parse(String(input.Message)).sqs) };
}

it('one notice, marked as a test, goes down every route; Slack is waited for, and no finding comes of it', async () => {
  const answer = deployed.cloud.answers['sns:Publish'];
  deployed.cloud.answers['sns:Publish'] = (input, region) => {
    const { id, key } = noticeFrom(JSON.parse(String(input.Message)).sqs);
    void deployed.cloud.put({ pk: key, sk: `posted##eks-alerts#${id}` });
    return answer?.(input, region) ?? {};
  };
  const { code, out, err } = await deployed.run('notify', '--test');
  const { subject, notice } = sent();
  expect({ code, err, out: out.replace(notice.id, 'ID') }).toEqual({
    code: 0,
    err: '',
    out: `Test notice ID was sent. It is about no finding.

✓ E-mail to platform@example.com: sent; look for "[eks-warden] TEST" within a minute, in the spam folder too.
✓ Slack: posted to #eks-alerts.

2 checks: all fine.
`,
  });
  expect([subject, notice.test, notice.to, (await deployed.cloud.items()).map(({ pk }) => pk)]).toEqual([
    '[eks-warden] TEST: Test notice of eks-warden: Nothing has happened, and nothing is to be done.',
    true,
    { email: true, chat: false, slack: [''] },
    [`test#${ACCOUNT}#eu-west-1`],
  ]);
});

it('a route by which it cannot arrive is named with what mends it, and ends with 1', async () => {
  Object.assign(deployed.hub.subscriptions[0] ?? {}, { SubscriptionArn: 'PendingConfirmation' });
  const { code, out } = await deployed.run('notify', '--test', '--wait', '1', '--format', 'json');
  expect([code, JSON.parse(out)]).toEqual([
    1,
    {
      notice: sent().notice.id,
      checks: [
        {
          id: 'mail platform@example.com',
          title: 'E-mail to platform@example.com',
          state: 'wrong',
          why: 'the subscription was never confirmed, so nothing arrives.',
          mend: 'Open the mail "AWS Notification - Subscription Confirmation" and confirm; npm run deploy sends it again.',
        },
        {
          id: 'slack',
          title: 'Slack',
          state: 'wrong',
          why: 'Slack has not taken it within 1 s.',
          mend: 'Why: npx eks-warden doctor, and the log of post-to-slack; the notice is in its queue.',
        },
      ],
    },
  ]);
});

it('without --test nothing is sent', async () => {
  expect([await deployed.run('notify'), deployed.cloud.calls]).toEqual([
    { code: 2, out: '', err: 'eks-warden: Only a test can be sent by hand: npx eks-warden notify --test\n' },
    [],
  ]);
});
