import type { Severity } from '../../controls/define-control.ts';
import { plain } from '../../runtime/terminal.ts';
import type { Report, Reported, ReportedVerdict } from '../report.ts';
import { lines } from './json.ts';
import { placesOf, uniqueName } from './resource-name.ts';
import { causeOf, type Row, requirementsOf, rowsOf, sentenceOf, waiverOf } from './rows.ts';
import { sorted } from './sorted-keys.ts';

/** The version of the Open Cybersecurity Schema Framework that the events are written in. */
export const OCSF_VERSION = '1.6.0';

const CLASS = 2003;
const SEVERITY_IDS: Readonly<Record<Severity, readonly [number, string]>> = {
  info: [1, 'Informational'],
  low: [2, 'Low'],
  medium: [3, 'Medium'],
  high: [4, 'High'],
  critical: [5, 'Critical'],
};
const COMPLIANCE: Readonly<Record<ReportedVerdict, readonly [number, string]>> = {
  fail: [3, 'Fail'],
  waived: [3, 'Fail'],
  unknown: [0, 'Unknown'],
  pass: [1, 'Pass'],
  'not-applicable': [99, 'Not applicable'],
};
/** Of the finding as a thing to be worked on. */
const STATUSES: Readonly<Record<ReportedVerdict, readonly [number, string]>> = {
  fail: [1, 'New'],
  waived: [3, 'Suppressed'],
  unknown: [1, 'New'],
  pass: [4, 'Resolved'],
  'not-applicable': [4, 'Resolved'],
};

/** A JSON list of Compliance Findings (2003), passes included, one event a line. Times are milliseconds of UTC. */
export function ocsf(report: Report): string {
  const placeOf = placesOf(report);
  return `${lines(rowsOf(report).map((row) => event(row, report, placeOf(row.reported.resource))))}\n`;
}

function event({ reported, control }: Row, report: Report, place: ReturnType<ReturnType<typeof placesOf>>) {
  const { verdict, severity, resource } = reported;
  const activity = verdict === 'fail' || verdict === 'unknown' ? 1 : verdict === 'waived' ? 2 : 3;
  const says = plain(sentenceOf(reported));
  return {
    activity_id: activity,
    activity_name: ['Create', 'Update', 'Close'][activity - 1],
    category_uid: 2,
    category_name: 'Findings',
    class_uid: CLASS,
    class_name: 'Compliance Finding',
    type_uid: CLASS * 100 + activity,
    time: report.at,
    severity_id: SEVERITY_IDS[severity][0],
    severity: SEVERITY_IDS[severity][1],
    status_id: STATUSES[verdict][0],
    status: STATUSES[verdict][1],
    ...(verdict === 'waived' ? { comment: plain(waiverOf(reported)) } : {}),
    message: says || control.title,
    metadata: {
      version: OCSF_VERSION,
      profiles: ['cloud'],
      product: { name: 'eks-warden', vendor_name: 'eks-warden', version: report.version },
      event_code: control.id,
    },
    cloud: {
      provider: 'AWS',
      region: place.region,
      account: { uid: resource.account, type_id: 10, type: 'AWS Account' },
    },
    compliance: complianceOf(reported, control, says),
    finding_info: findingOf(reported, control),
    ...(control.howToFix ? { remediation: { desc: control.howToFix } } : {}),
    resources: [resourceOf(reported, place)],
    unmapped: elsewhere(reported, control),
  };
}

function complianceOf({ verdict, unread }: Reported, control: Row['control'], says: string) {
  return {
    control: control.id,
    desc: control.title,
    requirements: requirementsOf(control),
    standards: standardsOf(control),
    status_id: COMPLIANCE[verdict][0],
    status: COMPLIANCE[verdict][1],
    ...(says ? { status_details: [says] } : {}),
    ...(unread?.missing === undefined ? {} : { status_code: `missing:${unread.missing}` }),
  };
}

/** The frameworks by name; the control's own where it answers to none. */
function standardsOf({ references: { cis, securityHub, nist, pci } }: Row['control']): string[] {
  const names = [
    cis?.length ? 'CIS Amazon EKS Benchmark' : '',
    securityHub?.length ? 'AWS Security Hub' : '',
    nist?.length ? 'NIST SP 800-53' : '',
    pci?.length ? 'PCI DSS' : '',
  ].filter(Boolean);
  return names.length > 0 ? names : ['eks-warden'];
}

function findingOf({ id, firstSeen, since }: Reported, { title, why }: Row['control']) {
  return {
    uid: plain(id),
    title,
    ...(why ? { desc: why } : {}),
    types: ['Software and Configuration Checks'],
    ...(firstSeen === undefined ? {} : { first_seen_time: firstSeen, created_time: firstSeen }),
    ...(since === undefined ? {} : { modified_time: since }),
  };
}

function resourceOf({ resource, tags, clusters }: Reported, place: ReturnType<ReturnType<typeof placesOf>>) {
  const named = Object.entries(sorted(tags)).map(([name, value]) => ({ name: plain(name), value: plain(value) }));
  return {
    uid: plain(uniqueName(resource, place.partition)),
    name: plain(resource.id),
    type: resource.kind,
    region: place.region,
    cloud_partition: place.partition,
    ...(clusters.length > 0 ? { labels: clusters.map((cluster) => `cluster:${plain(cluster)}`) } : {}),
    ...(named.length > 0 ? { tags: named } : {}),
  };
}

/** What the class has no place for. */
function elsewhere(reported: Reported, { notJudged }: Row['control']) {
  const cause = causeOf(reported);
  return {
    verdict: reported.verdict,
    ...(cause ? { cause: plain(cause) } : {}),
    ...(reported.shows === undefined ? {} : { shows: plain(reported.shows) }),
    ...(notJudged === undefined ? {} : { not_judged: notJudged }),
  };
}
