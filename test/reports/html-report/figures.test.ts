import { expect, it } from 'vitest';
import { SEVERITIES } from '../../../shared/controls/define-control.ts';
import { htmlReport } from '../../../shared/reports/html-report/index.ts';
import type { Reported, ReportedVerdict } from '../../../shared/reports/report.ts';
import { aLargeReport } from '../../support/a-report.ts';
import { attribute, below, elementsOf, rowsOf, textOf } from '../../support/html-tree.ts';

const report = aLargeReport(5000);
const elements = elementsOf(htmlReport(report));
const count = (verdict: ReportedVerdict, of: (one: Reported) => boolean = () => true) =>
  report.verdicts.filter((one) => one.verdict === verdict && of(one)).length;
const text = (value: number) => value.toLocaleString('en');
/** The rows of the table whose caption, or whose place, has this name; without its heads. */
const table = (name: string) => {
  const found = elements.find(
    (each) =>
      each.tagName === 'table' &&
      (below(each).some((one) => one.tagName === 'caption' && textOf(one).startsWith(name)) ||
        (each.parentNode !== null && 'attrs' in each.parentNode && attribute(each.parentNode, 'aria-label') === name)),
  );
  return found === undefined ? [] : rowsOf(found).slice(1);
};
const isFinding = ({ verdict }: Reported) => verdict === 'fail' || verdict === 'unknown' || verdict === 'waived';
const groupOf = (control: string) => report.controls.find(({ id }) => id === control)?.group;

it('the figures at the top add up to the verdicts', () => {
  const [pass, fail, unknown, waived] = [count('pass'), count('fail'), count('unknown'), count('waived')];
  const all = pass + fail + unknown + waived;
  const inPart = new Set(report.controls.flatMap(({ id, notJudged }) => (notJudged === undefined ? [] : [id])));
  const partly = count('pass', ({ control }) => inPart.has(control));
  const said = elements.find((each) => attribute(each, 'class') === 'percent');
  expect(said && textOf(said)).toBe(
    `${Math.floor((pass * 100) / all)} % in order: ${text(pass)} of ${text(all)} verdicts, ${text(partly)} of them judged in part`,
  );
  const legend = elements.find((each) => attribute(each, 'class') === 'legend');
  expect(legend?.childNodes.map((each) => textOf(each).trim())).toEqual([
    `${text(pass)} in order`,
    `${text(fail)} failing`,
    `${text(unknown)} unknown`,
    `${text(waived)} waived`,
  ]);
  expect(all + count('not-applicable')).toBe(report.verdicts.length);
});

it('the figures by severity add up to the findings', () => {
  const there = SEVERITIES.filter((each) => report.verdicts.some((one) => isFinding(one) && one.severity === each));
  expect(table('By severity')).toEqual(
    there.map((each) => [
      each,
      '',
      ...(['fail', 'unknown', 'waived'] as const).map((verdict) =>
        text(count(verdict, ({ severity }) => severity === each)),
      ),
    ]),
  );
});

it('the figures by group add up to the verdicts', () => {
  const groups = [...new Set(report.verdicts.map(({ control }) => groupOf(control)))].sort();
  expect(table('By group').map(([name, , ...numbers]) => [name?.split(' ')[0], ...numbers])).toEqual(
    groups.map((group) => [
      group,
      ...(['pass', 'fail', 'unknown', 'waived'] as const).map((verdict) =>
        text(count(verdict, ({ control }) => groupOf(control) === group)),
      ),
    ]),
  );
});

it('the figures of a cluster add up to the verdicts that concern it', () => {
  const rows = table('By cluster').map(([name, , ...numbers]) => [name, ...numbers]);
  const shared = ({ resource, clusters }: Reported) =>
    resource.account === '111122223333' && (clusters.includes('payments') || resource.id === 'payments');
  expect(rows[0]).toEqual([
    'payments 111122223333',
    ...(['fail', 'unknown', 'waived'] as const).map((verdict) => text(count(verdict, shared))),
  ]);
});

it('the figures of each control add up to its verdicts', () => {
  expect(table('Controls').map(([, ...numbers]) => numbers.map((one) => one.replace('*', '')))).toEqual(
    report.controls.map(({ id }) =>
      (['pass', 'fail', 'unknown', 'waived', 'not-applicable'] as const).map((verdict) =>
        text(count(verdict, ({ control }) => control === id)),
      ),
    ),
  );
});

it('only passes of controls that leave something unjudged are marked as in part', () => {
  const marked = table('Controls').flatMap(([name, passes]) => (passes?.endsWith('*') ? [name] : []));
  const inPart = report.controls.filter(
    ({ id, notJudged }) => notJudged !== undefined && count('pass', ({ control }) => control === id) > 0,
  );
  expect(marked.map((name) => inPart.some(({ id }) => name?.includes(id)))).toEqual(inPart.map(() => true));
});

it('what is unknown adds up by the permission that is missing', () => {
  expect(table('Why it is unknown').map(([missing, , , number]) => [missing, number])).toEqual([
    ['none is known to be', text(count('unknown', ({ unread }) => unread?.missing === undefined))],
    ['kms:DescribeKey', text(count('unknown', ({ unread }) => unread?.missing === 'kms:DescribeKey'))],
  ]);
});

it('every finding is on the page once, under its control, and no pass is', () => {
  const listed = elements.filter((each) => attribute(each, 'class')?.startsWith('f ')).length;
  expect(listed).toBe(report.verdicts.filter(isFinding).length);
  const groups = elements.filter((each) => attribute(each, 'class') === 'g');
  const counted = groups.map((each) => [
    attribute(each, 'id')?.slice(2),
    below(each).filter((one) => attribute(one, 'class')?.startsWith('f ')).length,
  ]);
  const expected = new Map<string, number>();
  for (const { control } of report.verdicts.filter(isFinding)) expected.set(control, (expected.get(control) ?? 0) + 1);
  expect(Object.fromEntries(counted)).toEqual(Object.fromEntries(expected));
});

it('passes that are only counted are part of every figure', () => {
  const some = aLargeReport(17);
  const verdicts = some.verdicts.filter(isFinding);
  const passed = { 'node-no-ssh': 60, 'eks-version-supported': 40 };
  const page = elementsOf(htmlReport({ ...some, verdicts }, { passed }));
  const said = page.find((each) => attribute(each, 'class') === 'percent');
  expect(said && textOf(said)).toBe(
    `${Math.floor(10_000 / (100 + verdicts.length))} % in order: 100 of ${100 + verdicts.length} verdicts, 60 of them judged in part`,
  );
});
