import { createHash } from 'node:crypto';
import type { Severity } from '../../controls/define-control.ts';
import { plain, safeJson } from '../../runtime/terminal.ts';
import type { Report, Reported, ReportedControl } from '../report.ts';
import { isoOf } from '../times.ts';
import { causeOf, type Row, requirementsOf, rowsOf, sentenceOf, waiverOf, whyUnread } from './rows.ts';
import { sorted } from './sorted-keys.ts';

const LEVELS = { critical: 'error', high: 'error', medium: 'warning', low: 'note', info: 'note' } as const;
/** Numbers by which code scanning sorts security results. */
const SCORES: Readonly<Record<Severity, string>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '3.0',
  info: '1.0',
};
const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';

/**
 * SARIF 2.1.0: what fails, what is waived (suppressed) and what is unknown (kind `open`). What is in order is left out:
 * code scanning would make alerts of it. What could not be listed is a notification of the run.
 */
export function sarif(report: Report): string {
  const rows = rowsOf(report).filter(({ reported }) => ['fail', 'waived', 'unknown'].includes(reported.verdict));
  const rules = [...new Map(rows.map(({ control }) => [control.id, control])).values()].sort(byId);
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  const log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'eks-warden',
            version: report.version,
            semanticVersion: report.version,
            rules: rules.map(rule),
          },
        },
        columnKind: 'utf16CodeUnits',
        invocations: [invocation(report)],
        results: rows.map((row) => result(row, indexes.get(row.control.id) ?? -1)),
      },
    ],
  };
  return `${safeJson(sorted(log), 1)}\n`;
}

const byId = (a: ReportedControl, b: ReportedControl) => (a.id < b.id ? -1 : 1);

function rule(control: ReportedControl) {
  const { id, title, why, howToFix, severity, notJudged } = control;
  const help = [why, howToFix, ...(notJudged === undefined ? [] : [`Not judged: ${notJudged}`])].filter(Boolean);
  return {
    id,
    shortDescription: { text: title },
    fullDescription: { text: why || title },
    help: { text: help.join('\n\n') || title },
    defaultConfiguration: { level: LEVELS[severity] },
    properties: {
      tags: ['security', ...(control.group ? [control.group] : [])],
      'security-severity': SCORES[severity],
      requirements: requirementsOf(control),
    },
  };
}

/** A run that left something unread did not succeed as a whole: each gap is told. */
function invocation({ at, scopes, partial }: Report) {
  const gaps = scopes.flatMap(({ account, region, unread }) =>
    unread.map((each) => `${each.kind} in ${account} ${region}: ${whyUnread(each)}`),
  );
  const told = [...(partial === undefined ? [] : [`Incomplete: ${partial}`]), ...gaps];
  return {
    executionSuccessful: partial === undefined,
    endTimeUtc: isoOf(at),
    toolExecutionNotifications: told.map((text) => ({ level: 'warning', message: message(text) })),
  };
}

function result({ reported, control }: Row, ruleIndex: number) {
  const { verdict, severity, resource, id } = reported;
  const place = [resource.account, resource.region, resource.kind, resource.id];
  const isUnknown = verdict === 'unknown';
  return {
    ruleId: control.id,
    ruleIndex,
    kind: isUnknown ? 'open' : 'fail',
    level: isUnknown ? 'none' : LEVELS[severity],
    message: message(messageOf(reported, control)),
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: place.map((part) => encodeURIComponent(part.toWellFormed())).join('/') },
          region: { startLine: 1 },
        },
        logicalLocations: [
          { name: plain(resource.id) || '-', fullyQualifiedName: plain(place.join('/')), kind: 'resource' },
        ],
      },
    ],
    partialFingerprints: { 'findingId/v1': createHash('sha256').update(id.toWellFormed()).digest('hex') },
    ...(verdict === 'waived'
      ? { suppressions: [{ kind: 'external', status: 'accepted', justification: plain(waiverOf(reported)) }] }
      : {}),
    properties: { severity, clusters: reported.clusters.map(plain), cause: plain(causeOf(reported)) },
  };
}

function messageOf(reported: Reported, { title }: ReportedControl): string {
  const { resource } = reported;
  return `${resource.kind} ${resource.id} (${resource.account} ${resource.region}): ${sentenceOf(reported) || title}`;
}

/** In a message of SARIF braces are placeholders and brackets links: here they are what they are. */
function message(text: string) {
  return {
    text: plain(text)
      .replace(/[\\[\]]/g, '\\$&')
      .replace(/[{}]/g, '$&$&'),
  };
}
