import { expect, it } from 'vitest';
import { chatNotification } from '../../shared/notices/chat.ts';
import { noticeFrom } from '../../shared/notices/notice.ts';
import { slackMessage } from '../../shared/notices/slack.ts';
import { published } from '../../shared/notices/sns.ts';
import { testNotice } from '../../shared/notices/test-notice.ts';

const given = {
  account: '111122223333',
  region: 'eu-west-1',
  id: '0123456789abcdef',
  by: 'arn:aws:sts::111122223333:assumed-role/operator/ana@example.com',
  now: Date.parse('2026-11-21T09:30:00Z'),
};
const notice = testNotice(given, [
  { name: 'at-once', when: 'now', to: ['email', 'slack'], slackChannel: '#eks-alerts' },
  { name: 'digest', when: 'digest', to: ['slack', 'chat'] },
]);

it('a test notice goes where any route of the baseline leads, and is one that queues take', () => {
  expect([noticeFrom(JSON.stringify(notice)), notice.to]).toEqual([
    notice,
    { email: true, chat: true, slack: ['', '#eks-alerts'] },
  ]);
});

it('it says in a mail that it is a test and that nothing is to be done', () => {
  const { subject, message, attributes } = published(notice);
  expect({ subject, email: message.email, attributes }).toEqual({
    subject: '[eks-warden] TEST: Test notice of eks-warden: Nothing has happened, and nothing is to be done.',
    email: `TEST: Test notice of eks-warden: Nothing has happened, and nothing is to be done.

Where:          Test notice of eks-warden
Account:        111122223333, eu-west-1

* This is a test
  Nothing has happened, and nothing is to be done.
  It was sent by arn:aws:sts::111122223333:assumed-role/operator/ana@example.com.
  Read more:      docs/operating.md

Notice 0123456789abcdef of eks-warden. All times are UTC.
`,
    attributes: {
      severity: 'info',
      state: 'open',
      account: '111122223333',
      region: 'eu-west-1',
      cluster: 'none',
      control: 'test',
      mode: 'notify',
      people: 'both',
      slack: 'yes',
      fix: 'no',
    },
  });
});

it('it says so in Slack and in chat, and asks for no fix and no waiver', () => {
  const text = JSON.stringify([slackMessage([notice]), chatNotification(notice)]);
  expect([text.match(/TEST: Test notice/g)?.length, /waiver|How to fix|Accept/.test(text)]).toEqual([4, false]);
});
