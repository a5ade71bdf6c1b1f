import { arnOf } from '../../aws/partition.ts';
import type { Severity } from '../../controls/define-control.ts';
import type { KindName } from '../../resources/resource.ts';
import { plain } from '../../runtime/terminal.ts';
import type { Report, Reported, ReportedVerdict } from '../report.ts';
import { isoOf } from '../times.ts';
import { fitted, fittedId } from './fitted.ts';
import { lines } from './json.ts';
import { placesOf, uniqueName } from './resource-name.ts';
import { causeOf, type Row, requirementsOf, rowsOf, sentenceOf, waiverOf } from './rows.ts';
import { sorted } from './sorted-keys.ts';

/** The most that Security Hub's API takes of each field. */
export const ASFF_LIMITS = {
  id: 512,
  title: 256,
  description: 1024,
  recommendation: 512,
  note: 512,
  requirement: 64,
  requirements: 32,
  tagKey: 128,
  tagValue: 256,
  tags: 50,
  fieldValue: 2048,
} as const;

const LABELS: Readonly<Record<Severity, string>> = {
  info: 'INFORMATIONAL',
  low: 'LOW',
  medium: 'MEDIUM',
  high: 'HIGH',
  critical: 'CRITICAL',
};
const COMPLIANCE: Readonly<Record<ReportedVerdict, string>> = {
  fail: 'FAILED',
  waived: 'FAILED',
  unknown: 'WARNING',
  pass: 'PASSED',
  'not-applicable': 'NOT_AVAILABLE',
};
const WORKFLOW: Readonly<Record<ReportedVerdict, string>> = {
  fail: 'NEW',
  unknown: 'NEW',
  waived: 'SUPPRESSED',
  pass: 'RESOLVED',
  'not-applicable': 'RESOLVED',
};
/** Kinds that the format has a name for. */
const TYPES: Partial<Readonly<Record<KindName, string>>> = {
  cluster: 'AwsEksCluster',
  repository: 'AwsEcrRepository',
  image: 'AwsEcrContainerImage',
  role: 'AwsIamRole',
  policy: 'AwsIamPolicy',
  key: 'AwsKmsKey',
  trail: 'AwsCloudTrailTrail',
  'security-group': 'AwsEc2SecurityGroup',
  subnet: 'AwsEc2Subnet',
  vpc: 'AwsEc2Vpc',
  'launch-template': 'AwsEc2LaunchTemplate',
  'account-region': 'AwsAccount',
};

type Place = ReturnType<ReturnType<typeof placesOf>>;

/** Findings for `securityhub batch-import-findings`, a JSON list with one a line; the API takes a hundred at a time. */
export function asff(report: Report): string {
  const placeOf = placesOf(report);
  return `${lines(rowsOf(report).map((row) => finding(row, report.at, placeOf(row.reported.resource))))}\n`;
}

function finding({ reported, control }: Row, at: number, place: Place) {
  const { verdict, severity, resource, id } = reported;
  const { partition, region } = place;
  const says = plain(sentenceOf(reported)) || control.title;
  return {
    SchemaVersion: '2018-10-08',
    Id: fittedId(plain(id), ASFF_LIMITS.id),
    ProductArn: arnOf({
      partition,
      service: 'securityhub',
      region,
      account: resource.account,
      resource: `product/${resource.account}/default`,
    }),
    GeneratorId: `eks-warden/${control.id}`,
    AwsAccountId: resource.account,
    Region: region,
    Types: ['Software and Configuration Checks/AWS Security Best Practices'],
    CreatedAt: isoOf(reported.firstSeen ?? at),
    UpdatedAt: isoOf(at),
    Severity: { Label: LABELS[severity] },
    Title: fitted(`${control.title}: ${resource.kind} ${plain(resource.id)}`, ASFF_LIMITS.title),
    Description: fitted(says, ASFF_LIMITS.description),
    ...(control.howToFix
      ? { Remediation: { Recommendation: { Text: fitted(control.howToFix, ASFF_LIMITS.recommendation) } } }
      : {}),
    ProductFields: fieldsOf(reported, control),
    Resources: [resourceOf(reported, place)],
    Compliance: complianceOf(reported, control),
    Workflow: { Status: WORKFLOW[verdict] },
    RecordState: verdict === 'not-applicable' ? 'ARCHIVED' : 'ACTIVE',
    ...(verdict === 'waived' ? { Note: noteOf(reported, at) } : {}),
  };
}

function complianceOf({ verdict }: Reported, control: Row['control']) {
  const requirements = requirementsOf(control)
    .slice(0, ASFF_LIMITS.requirements)
    .map((each) => fitted(each, ASFF_LIMITS.requirement));
  return {
    Status: COMPLIANCE[verdict],
    ...(requirements.length > 0 ? { RelatedRequirements: requirements } : {}),
  };
}

function noteOf(reported: Reported, at: number) {
  const text = plain(waiverOf(reported)) || 'Waived.';
  return { Text: fitted(text, ASFF_LIMITS.note), UpdatedBy: 'eks-warden', UpdatedAt: isoOf(at) };
}

function resourceOf({ resource, tags }: Reported, { partition, region }: Place) {
  const named = Object.entries(sorted(tags))
    .filter(([key]) => key.trim() !== '')
    .slice(0, ASFF_LIMITS.tags);
  const cut = named.map(([key, value]) => [
    fitted(plain(key), ASFF_LIMITS.tagKey),
    fitted(plain(value), ASFF_LIMITS.tagValue),
  ]);
  return {
    Type: TYPES[resource.kind] ?? 'Other',
    Id: fittedId(plain(uniqueName(resource, partition)), ASFF_LIMITS.id),
    Partition: partition,
    Region: region,
    ...(cut.length > 0 ? { Tags: Object.fromEntries(cut) } : {}),
  };
}

/** What the format has no place for; no value may be empty. */
function fieldsOf(reported: Reported, { notJudged }: Row['control']): Record<string, string> {
  const fields = {
    'eks-warden/verdict': reported.verdict,
    'eks-warden/clusters': reported.clusters.join(', '),
    'eks-warden/cause': causeOf(reported),
    'eks-warden/shows': reported.shows ?? '',
    'eks-warden/missing-permission': reported.unread?.missing ?? '',
    'eks-warden/not-judged': notJudged ?? '',
  };
  const filled = Object.entries(fields).map(([key, value]) => [key, fitted(plain(value), ASFF_LIMITS.fieldValue)]);
  return Object.fromEntries(filled.filter(([, value]) => value?.trim()));
}
