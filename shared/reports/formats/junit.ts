import { type Html, html } from '../html.ts';
import type { Report, Reported, ReportedScope } from '../report.ts';
import { isoOf } from '../times.ts';
import { causeOf, type Row, requirementsOf, rowsOf, sentenceOf, waiverOf, whyUnread } from './rows.ts';

/**
 * JUnit's XML as CI servers read it: a suite for each control, a case for each resource. What fails is a failure, what
 * is unknown an error, what is waived or does not apply is skipped. What could not be listed is a suite of errors.
 */
export function junit(report: Report): string {
  const suites = [...Map.groupBy(rowsOf(report), ({ control }) => control.id)].sort(([a], [b]) => (a < b ? -1 : 1));
  const unread = report.scopes.filter(({ unread }) => unread.length > 0);
  const all = [...suites.map(([, rows]) => rows), []].flat().map(({ reported }) => reported);
  const gaps = unread.flatMap((scope) => gapsOf(scope)).concat(stopped(report));
  const { failures, errors, skipped } = counts(all);
  const text = html`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="eks-warden" tests="${all.length + gaps.length}" failures="${failures}" errors="${errors + gaps.length}" skipped="${skipped}" time="0">
${suites.map(([, rows]) => suite(rows, report.at))}${gaps.length > 0 ? gapSuite(gaps, report.at) : undefined}</testsuites>
`.text;
  return text.replace(/[\uFFFE\uFFFF]/g, '');
}

function counts(reported: readonly Reported[]) {
  const of = (...verdicts: readonly string[]) => reported.filter(({ verdict }) => verdicts.includes(verdict)).length;
  return { failures: of('fail'), errors: of('unknown'), skipped: of('waived', 'not-applicable') };
}

/** Readers take the time as UTC and know no zone. */
const timestamp = (at: number) => isoOf(at).slice(0, 19);

function suite(rows: readonly Row[], at: number): Html {
  const control = rows[0]?.control;
  const { failures, errors, skipped } = counts(rows.map(({ reported }) => reported));
  const properties = {
    severity: control?.severity ?? '',
    requirements: control ? requirementsOf(control).join('; ') : '',
  };
  return html`<testsuite name="${control?.id ?? ''}" tests="${rows.length}" failures="${failures}" errors="${errors}" skipped="${skipped}" time="0" timestamp="${timestamp(at)}">
<properties>${Object.entries(properties).map(([name, value]) => html`<property name="${name}" value="${value}"/>`)}</properties>
${rows.map(testCase)}</testsuite>
`;
}

function testCase({ reported, control }: Row): Html {
  const { resource } = reported;
  const name = `${control.title}: ${resource.kind} ${resource.id} (${resource.account} ${resource.region})`;
  return html`<testcase classname="${classOf(control.group, control.id)}" name="${oneLine(name)}" time="0">${outcome(reported, control)}</testcase>
`;
}

const classOf = (group: string, id: string) => ['eks-warden', group, id].filter(Boolean).join('.');

function outcome(reported: Reported, { howToFix, title }: Row['control']): Html | undefined {
  const said = oneLine(sentenceOf(reported)) || title;
  switch (reported.verdict) {
    case 'fail': {
      const cause = causeOf(reported);
      const detail = [said, ...(cause ? [`Changed ${cause}`] : []), `How to fix: ${howToFix}`];
      return html`<failure type="${reported.severity}" message="${said}">${detail.join('\n')}</failure>`;
    }
    case 'unknown':
      return html`<error type="unknown" message="${said}"></error>`;
    case 'waived':
      return html`<skipped message="${oneLine(waiverOf(reported)) || 'Waived.'}"></skipped>`;
    case 'not-applicable':
      return html`<skipped message="Not applicable."></skipped>`;
    case 'pass':
      return undefined;
  }
  return reported.verdict satisfies never;
}

interface Gap {
  name: string;
  why: string;
}

function gapsOf({ account, region, unread }: ReportedScope): Gap[] {
  return unread.map((each) => ({ name: `${each.kind} in ${account} ${region}`, why: whyUnread(each) }));
}

function stopped({ partial }: Report): Gap[] {
  return partial === undefined ? [] : [{ name: 'the whole run', why: `Incomplete: ${partial}` }];
}

function gapSuite(gaps: readonly Gap[], at: number): Html {
  return html`<testsuite name="could not be read" tests="${gaps.length}" failures="0" errors="${gaps.length}" skipped="0" time="0" timestamp="${timestamp(at)}">
${gaps.map(
  ({
    name,
    why,
  }) => html`<testcase classname="eks-warden.unread" name="${oneLine(name)}" time="0"><error type="unread" message="${oneLine(why)}"></error></testcase>
`,
)}</testsuite>
`;
}

/** An XML reader makes a space of a line's end in an attribute; it is shown as such. */
function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ');
}
