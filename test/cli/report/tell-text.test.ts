import { createColors } from 'picocolors';
import { expect, it } from 'vitest';
import { reportText } from '../../../shared/cli/report/tell-text.ts';
import type { Report } from '../../../shared/reports/report.ts';
import { aHostileReport, aLargeReport, aReport } from '../../support/a-report.ts';
import { HOSTILE } from '../../support/hostile.ts';

const told = (report: Report, width: number | undefined = 80) =>
  reportText(report, { width, colour: createColors(false) });

it('a person sees what is worst first, what is unknown and why, what is accepted, what was not listed, and the sum', () => {
  expect(told(aReport())).toBe(`cluster payments  111122223333 eu-west-1
  critical  eks-endpoint-public-cidrs     The API endpoint is reachable from
                                          0.0.0.0/0.
  high      eks-control-plane-logging     Audit or authenticator logs are off:
                                          audit, authenticator,
                                          controllerManager, scheduler.
  high      eks-deletion-protection       Deletion protection is off, and the
                                          cluster is tagged production.
role payments-node  111122223333 global · cluster payments
  critical  iam-node-role                 Every pod on the nodes can act as an
                                          administrator by AdministratorAccess.
image payments-api@sha256:5f1c8f0e7d0b4b655f1c8f0e7d0b4b655f1c8f0e7d0b4b655f1c8f
0e7d0b4b65
  111122223333 eu-west-1
  critical  image-vulnerabilities         Critical vulnerabilities past their
                                          time: 1 (CVE-2026-21001); days
                                          allowed: 7.
role payments-api  111122223333 global
  high      iam-eks-wildcard-policy       all allows * on every cluster.
repository payments-api  111122223333 eu-west-1
  medium    ecr-tag-immutable             Every tag of the repository can be
                                          moved to another image.
log-group /aws/eks/payments/cluster  111122223333 eu-west-1 · cluster payments
  low       eks-loggroup-retention        The logs are never deleted: set a
                                          period, such as 365 days.

Unknown: could not be judged
nodegroup payments/workers  111122223333 eu-west-1 · cluster payments
  high      node-private-subnets          ec2:DescribeRouteTables answered in a
                                          way that cannot be read.
cluster payments  111122223333 eu-west-1
  medium    eks-secrets-cmk               kms:DescribeKey was refused: no
                                          identity-based policy allows it. The
                                          permission kms:DescribeKey is missing.

Waived: fails, and is accepted
cluster orders  444455556666 eu-west-1
  high      eks-endpoint-public-disabled  The Kubernetes API endpoint is public.
                                          Waived until 2027-01-31 by grace@
                                          example.com: Moved behind the transit
                                          gateway in January (SEC-1042)

Not listed: what is in here was not judged
  repository in 111122223333 eu-west-1: ecr:DescribeRepositories was refused.
  The permission ecr:DescribeRepositories is missing.

8 fail: 3 critical, 3 high, 1 medium, 1 low.
2 unknown · 1 waived · 5 pass · 1 not applicable.
15 controls on 10 resources in 2 accounts.
Judging a part only: 8 controls (npx eks-warden coverage).
What to do about one:
  npx eks-warden controls eks-endpoint-public-cidrs`);
});

it('what was stopped says so, and nothing failing is not everything in order', () => {
  const verdicts = aReport().verdicts.filter(({ control }) => control === 'trail-enabled');
  const report = aReport({ verdicts, scopes: [], partial: 'It was stopped after 1 of 3 regions.' });
  expect(told(report)).toBe(`Incomplete: It was stopped after 1 of 3 regions. What is missing is not in
order.
Nothing fails.
0 unknown · 0 waived · 1 pass · 0 not applicable.
1 control on 1 resource in 0 accounts.`);
});

it.each([60, 80, 133])('nothing is wider than %i columns, nor acts on the terminal', (width) => {
  const reports = [aReport(), aLargeReport(300), ...HOSTILE.map((text) => aHostileReport(text.slice(0, 500)))];
  const lines = reports.flatMap((report) => told(report, width).split('\n'));
  expect([
    lines.filter((line) => [...line].length > width),
    lines.filter((line) => /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.test(line)),
  ]).toEqual([[], []]);
});

it('elsewhere than on a terminal a verdict is one line, whatever its length', () => {
  const report = aReport();
  const count = report.verdicts.filter(({ verdict }) => ['fail', 'unknown', 'waived'].includes(verdict)).length;
  const lines = told(report, undefined).split('\n');
  expect(lines.filter((line) => /^ {2}(?:critical|high|medium|low|info) /.test(line)).length).toBe(count);
});
