import type { Cause } from '../../shared/changes/change.ts';
import { CATALOGUE, groupOf } from '../../shared/controls/catalogue.ts';
import type { AnyControl } from '../../shared/controls/define-control.ts';
import { judge } from '../../shared/evaluation/judge.ts';
import type { AnySubject } from '../../shared/evaluation/verdict.ts';
import { byWorst } from '../../shared/reports/by-worst.ts';
import type { Report, Reported, ReportedControl } from '../../shared/reports/report.ts';
import { keyOf, type Resource, type Use } from '../../shared/resources/resource.ts';
import {
  aCluster,
  aLogGroup,
  allowing,
  aNodegroup,
  aNodeRole,
  anImage,
  aRepository,
  aRole,
  aSecurityGroup,
  aTrail,
  aVulnerability,
  ofAws,
  recordedBy,
} from './builders.ts';

/** When the sample report was made. */
export const REPORTED_AT = Date.parse('2026-11-21T03:00:00Z');
const NOW = new Date(REPORTED_AT);

/** Who opened the sample cluster's endpoint: a person on the command line. */
export const aCause = (more: Partial<Cause> = {}): Cause => ({
  eventId: '7c1a3c52-59a0-4c8e-9d0c-51b7d4f0a001',
  event: 'eks:UpdateClusterConfig',
  time: Date.parse('2026-11-20T16:42:10Z'),
  actor: {
    type: 'AssumedRole',
    principal: 'arn:aws:sts::111122223333:assumed-role/Admin/ada@example.com',
    role: 'arn:aws:iam::111122223333:role/Admin',
    person: 'ada@example.com',
    confidence: 'certain',
    account: '111122223333',
    channel: 'cli',
    address: '198.51.100.23',
    mfa: true,
    asCode: false,
    userAgent: 'aws-cli/2.31.0',
  },
  ...more,
});

export function reportedControl(control: AnyControl): ReportedControl {
  const notJudged = Object.values(control.notJudged ?? {}).join(' ');
  return {
    id: control.id,
    group: groupOf(control),
    title: control.title,
    severity: control.severity,
    why: control.why,
    howToFix: control.howToFix,
    fix: control.fix,
    references: control.references,
    ...(notJudged === '' ? {} : { notJudged }),
  };
}

const named = (id: string): AnyControl => {
  const control = CATALOGUE.find((each) => each.id === id);
  if (control === undefined) throw new Error(`There is no control ${id}.`);
  return control;
};

type About = Partial<Omit<Reported, 'id' | 'control'>>;

/** One verdict as its control gives it on this subject; `about` is laid over it. */
export function judged(id: string, subject: AnySubject, about: About = {}): Reported {
  const control = named(id);
  const rule = { control, mode: 'notify' as const, params: control.params.parse({}), always: false };
  const verdict = judge(rule, subject, NOW);
  const resource: Resource = { ...subject.at, ...about.resource };
  const own =
    subject.at.kind === 'cluster'
      ? [resource.id]
      : (subject.usedBy as readonly Use[]).flatMap(({ clusters }) => clusters);
  const isRead = about.unread === undefined;
  return {
    id: `${keyOf(resource)}#${id}`,
    control: id,
    verdict: verdict.verdict,
    severity: verdict.verdict === 'fail' ? verdict.severity : control.severity,
    clusters: [...new Set(own)],
    tags: {},
    said: verdict.verdict === 'fail' ? verdict.said : [],
    ...(isRead && 'shows' in verdict && verdict.shows !== undefined ? { shows: verdict.shows } : {}),
    ...('plan' in verdict && verdict.plan !== undefined ? { plan: verdict.plan } : {}),
    ...about,
    resource,
  };
}

const openToAll = () =>
  aCluster({ resourcesVpcConfig: { endpointPublicAccess: true, publicAccessCidrs: ['0.0.0.0/0'] } });
const withoutAudit = () => aCluster({ logging: { clusterLogging: [{ types: ['api'], enabled: true }] } });
const elsewhere = (subject: AnySubject, resource: Partial<Resource>): AnySubject => ({
  ...subject,
  at: { ...subject.at, ...resource },
});
const inOrders = (subject: AnySubject) => elsewhere(subject, { id: 'orders', account: '444455556666' });

const fromTheTable = {
  state: 'open' as const,
  firstSeen: Date.parse('2026-11-20T16:42:40Z'),
  since: Date.parse('2026-11-20T16:42:40Z'),
  cause: aCause(),
};

/** Verdicts of every sort on several kinds in two accounts: what fails, is unknown, accepted, in order, does not apply. */
export function sampleVerdicts(): Reported[] {
  const waiver = {
    reason: 'Moved behind the transit gateway in January',
    until: '2027-01-31',
    approvedBy: 'grace@example.com',
    ticket: 'SEC-1042',
  };
  const refused = {
    why: 'kms:DescribeKey was refused: no identity-based policy allows it.',
    missing: 'kms:DescribeKey',
  };
  const tags = { team: 'payments', environment: 'production' };
  return [
    judged('eks-endpoint-public-cidrs', openToAll(), { tags, ...fromTheTable }),
    judged('eks-control-plane-logging', withoutAudit(), { tags }),
    judged('eks-deletion-protection', aCluster({ deletionProtection: false }), { tags }),
    judged('eks-version-supported', aCluster(), { tags }),
    judged('eks-secrets-cmk', aCluster(), { tags, verdict: 'unknown', unread: refused }),
    judged('eks-endpoint-public-disabled', inOrders(openToAll()), { verdict: 'waived', waiver }),
    judged('eks-control-plane-logging', inOrders(aCluster())),
    judged('eks-endpoint-public-cidrs', inOrders(aCluster())),
    judged('node-no-ssh', aNodegroup(), { clusters: ['payments'] }),
    judged('node-private-subnets', aNodegroup(), {
      clusters: ['payments'],
      verdict: 'unknown',
      unread: { why: 'ec2:DescribeRouteTables answered in a way that cannot be read.' },
    }),
    judged('node-sg-ingress', aSecurityGroup()),
    judged('iam-node-role', aNodeRole({ facets: { attachedPolicies: [ofAws('AdministratorAccess')] } })),
    judged(
      'iam-eks-wildcard-policy',
      aRole({ facets: { inlinePolicies: [{ name: 'all', document: allowing({ Action: '*', Resource: '*' }) }] } }),
    ),
    judged('ecr-tag-immutable', aRepository({ imageTagMutability: 'MUTABLE' })),
    judged('image-vulnerabilities', anImage({ facets: { scan: { findings: [aVulnerability()] } } })),
    judged('eks-loggroup-retention', aLogGroup({ retentionInDays: undefined })),
    judged('trail-enabled', recordedBy(aTrail())),
  ].sort(byWorst);
}

const emptyScope = (account: string, region: string) => ({ account, region, complete: true, unread: [] });

/** A realistic report of a scan of two accounts; `more` is laid over it. */
export function aReport(more: Partial<Report> = {}): Report {
  return {
    version: '0.1.0',
    at: REPORTED_AT,
    source: 'scan',
    scopes: [
      {
        account: '111122223333',
        region: 'eu-west-1',
        complete: false,
        unread: [
          { kind: 'repository', why: 'ecr:DescribeRepositories was refused.', missing: 'ecr:DescribeRepositories' },
        ],
      },
      emptyScope('111122223333', 'global'),
      emptyScope('444455556666', 'eu-west-1'),
    ],
    controls: CATALOGUE.map(reportedControl),
    verdicts: sampleVerdicts(),
    calls: { 'ec2:DescribeSecurityGroups': 1, 'eks:DescribeCluster': 2, 'eks:ListClusters': 2 },
    ...more,
  };
}

/** A report of this many verdicts, those of the sample over and over on resources with names of their own. */
export function aLargeReport(count: number): Report {
  const samples = sampleVerdicts();
  const verdicts = Array.from({ length: count }, (_, at) => {
    const sample = samples[at % samples.length] as Reported;
    const resource = { ...sample.resource, id: `${sample.resource.id}-${Math.floor(at / samples.length)}` };
    return { ...sample, id: `${keyOf(resource)}#${sample.control}`, resource };
  });
  return aReport({ verdicts: verdicts.sort(byWorst) });
}

/** The sample with this text wherever text comes from outside: names, tags, people, words of AWS, reasons. */
export function aHostileReport(text: string): Report {
  const cause = aCause();
  const verdicts = sampleVerdicts().map((each) => {
    const resource = { ...each.resource, id: text };
    return {
      ...each,
      id: `${keyOf(resource)}#${each.control}`,
      resource,
      clusters: [text],
      tags: { [text]: text },
      said: each.said.map((said) => ({ ...said, text: `It says ${text}.`, data: { text } })),
      shows: text,
      plan: [`eks:UpdateClusterConfig ${JSON.stringify({ name: text })}`],
      cause: { ...cause, actor: { ...cause.actor, principal: text, person: text, address: text, userAgent: text } },
      ...(each.unread ? { unread: { why: text } } : {}),
      ...(each.waiver ? { waiver: { reason: text, until: '2027-01-31', approvedBy: text, ticket: text } } : {}),
    };
  });
  const scopes = [
    { account: '111122223333', region: 'eu-west-1', complete: false, unread: [{ kind: 'cluster', why: text }] },
  ];
  return aReport({ verdicts, scopes, partial: text });
}
