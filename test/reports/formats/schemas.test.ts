import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { render } from '../../../shared/reports/formats/index.ts';
import { redacted } from '../../../shared/reports/formats/redact.ts';
import type { Report } from '../../../shared/reports/report.ts';
import { aHostileReport, aReport, sampleVerdicts } from '../../support/a-report.ts';
import { ASFF_RULES } from '../../support/asff-rules.ts';
import { OCSF_RULES, SARIF_RULES } from '../../support/format-rules.ts';
import { HOSTILE } from '../../support/hostile.ts';
import { type Element, elementsOf, xmlTree } from '../../support/xml-tree.ts';

const GLOBAL_ONLY = { account: '111122223333', region: 'global', complete: true, unread: [] };
const inPartition = (region: string): Report =>
  aReport({
    verdicts: sampleVerdicts().map((each) => ({ ...each, resource: { ...each.resource, region } })),
    scopes: [{ ...GLOBAL_ONLY, region }, GLOBAL_ONLY],
  });

const REPORTS: Readonly<Record<string, Report>> = {
  'the sample': aReport(),
  'nothing judged': aReport({ verdicts: [], controls: [], scopes: [] }),
  'a report cut short': aReport({ partial: 'It was stopped after 3 of 9 regions.' }),
  'characters that XML forbids': aHostileReport('a\u0000\u000b\ufffe\uffff\ud800b'),
  'a redacted one': redacted(aReport()),
  China: inPartition('cn-north-1'),
  GovCloud: inPartition('us-gov-west-1'),
  ...Object.fromEntries(HOSTILE.map((text, at) => [`hostile text ${at}`, aHostileReport(text.slice(0, 5000))])),
};
const named = Object.entries(REPORTS);

describe('every format is what its readers ask', () => {
  it.each(named)('O-04, IN-06: SARIF 2.1.0 by the rules of its specification: %s', (_, report) => {
    const read = SARIF_RULES.safeParse(JSON.parse(render(report, 'sarif')));
    expect(read.error?.issues ?? []).toEqual([]);
  });

  it.each(named)('O-04, IN-06: OCSF 1.6.0 Compliance Findings by the rules of the class: %s', (_, report) => {
    const read = z.array(OCSF_RULES).safeParse(JSON.parse(render(report, 'ocsf')));
    expect([read.error?.issues ?? [], read.data?.length]).toEqual([[], report.verdicts.length]);
  });

  it.each(named)('O-04, IN-06: ASFF by the rules of the API that takes it: %s', (_, report) => {
    const read = z.array(ASFF_RULES).safeParse(JSON.parse(render(report, 'asff')));
    expect([read.error?.issues ?? [], read.data?.length]).toEqual([[], report.verdicts.length]);
  });

  it.each(named)('O-04, IN-06: JUnit as its readers have it: %s', (_, report) => {
    expect(problemsOf(xmlTree(render(report, 'junit')))).toEqual([]);
  });
});

const CHILDREN: Readonly<Record<string, readonly string[]>> = {
  testsuites: ['testsuite'],
  testsuite: ['properties', 'testcase'],
  properties: ['property'],
  testcase: ['failure', 'error', 'skipped'],
};
const ATTRIBUTES: Readonly<Record<string, readonly string[]>> = {
  testsuites: ['name', 'tests', 'failures', 'errors', 'skipped', 'time'],
  testsuite: ['name', 'tests', 'failures', 'errors', 'skipped', 'time', 'timestamp'],
  property: ['name', 'value'],
  testcase: ['classname', 'name', 'time'],
  failure: ['type', 'message'],
  error: ['type', 'message'],
  skipped: ['message'],
};
const OUTCOMES = { failures: 'failure', errors: 'error', skipped: 'skipped' };

/** The rules that the schemas of JUnit's readers share: elements, attributes, numbers that add up, a time without a zone. */
function problemsOf(root: Element): string[] {
  return elementsOf(root).flatMap((element) => {
    const { name, attributes, children } = element;
    const inside = elementsOf(element);
    const count = (what: string) => String(inside.filter((each) => each.name === what).length);
    const sums = Object.entries({ tests: 'testcase', ...OUTCOMES })
      .filter(([key, what]) => attributes[key] !== undefined && attributes[key] !== count(what))
      .map(([key]) => `${name}: ${key} is ${attributes[key]}`);
    return [
      ...children.filter((child) => !CHILDREN[name]?.includes(child.name)).map((child) => `${child.name} in ${name}`),
      ...(Object.keys(attributes).join() === (ATTRIBUTES[name] ?? []).join() ? [] : [`attributes of ${name}`]),
      ...(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(attributes.timestamp ?? '2026-11-21T03:00:00') ? [] : ['timestamp']),
      ...(name === 'testcase' && children.length > 1 ? ['two outcomes'] : []),
      ...(attributes.name === '' ? [`${name} without a name`] : []),
      ...sums,
    ];
  });
}
