import { expect, it } from 'vitest';
import { emailSubject, emailText } from '../../shared/notices/email.ts';
import { headline } from '../../shared/notices/wording.ts';
import { HOSTILE } from '../support/hostile.ts';
import { aHostileNotice, aNotice } from '../support/notices.ts';

it('reads as a letter', () => {
  const notice = aNotice();
  expect(emailText(notice)).toBe(`HIGH: EKS cluster payments: Audit or authenticator logs are off: audit.

Where:          EKS cluster payments
Account:        111122223333, eu-west-1
Changed by:     ana@example.com, as arn:aws:iam::111122223333:role/Admin
With:           the AWS console (eks:UpdateClusterConfig)
From:           203.0.113.7, with MFA
When:           2026-11-21 11:59:40 UTC
Event:          7c9e6679-7425-40de-944b-e07fc1f90ae7

* All five control-plane log types are on
  Audit or authenticator logs are off: audit.
  Severity:       high
  State:          open, was in order; since 2026-11-21 12:00:00 UTC
  Before:         on: api, audit
  Now:            on: api
  eks-warden:     Nothing: the mode is notify. In mode approve or remediate it would call eks:UpdateClusterConfig.
  Why it matters: Without audit and authenticator logs nobody can tell who did what inside the cluster.
  How to fix:     Turn on the missing log types; they go to the log group /aws/eks/<cluster>/cluster.
  Read more:      docs/controls/eks-control-plane-logging.md
  To accept it instead, add to baseline.yml:
    waivers:
      - control: eks-control-plane-logging
        resource: "111122223333#eu-west-1#cluster#payments"
        reason: why it is accepted
        requestedBy: you
        approvedBy: somebody else
        until: 2027-02-19

Notice ${notice.id} of eks-warden. All times are UTC.
`);
});

it('IN-05: no value can begin a line or a header of its own', () => {
  const lines = emailText(aHostileNotice('benign')).split('\n').length;
  const hostile = HOSTILE.map((text) => aHostileNotice(text));
  expect(hostile.filter((notice) => emailText(notice).split('\n').length !== lines)).toEqual([]);
  expect(
    hostile
      .map((notice) => emailSubject(headline(notice)))
      .filter((subject) => !/^[\x21-\x7e][\x20-\x7e]{0,98}$/.test(subject)),
  ).toEqual([]);
  expect(hostile.filter((notice) => /[^\P{Cc}\n]|\p{Cf}/u.test(emailText(notice)))).toEqual([]);
});

it('N-06: a subject has fewer than 100 ASCII characters', () => {
  const subject = emailSubject(`HIGH: EKS cluster payménts – ${'long '.repeat(40)}`);
  expect([subject.length, subject.slice(0, 45), subject.slice(-6)]).toEqual([
    99,
    '[eks-warden] HIGH: EKS cluster payments - lon',
    'ong...',
  ]);
});
