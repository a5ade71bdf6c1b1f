import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { htmlReport } from '../../../shared/reports/html-report/index.ts';
import type { Report } from '../../../shared/reports/report.ts';
import { aCause, aHostileReport, aLargeReport, aReport, REPORTED_AT } from '../../support/a-report.ts';
import { HOSTILE } from '../../support/hostile.ts';
import { attribute, elementsOf, shapeOf, textOf } from '../../support/html-tree.ts';

const HISTORY = [{ at: REPORTED_AT - 86_400_000, failing: { critical: 4, high: 1 } }];
const page = htmlReport(aReport(), { history: HISTORY });
const elements = elementsOf(page);
const named = (tag: string) => elements.filter(({ tagName }) => tagName === tag);

it('IN-02: hostile names stay text: the element tree is the same as with harmless ones', () => {
  const shape = JSON.stringify(shapeOf(htmlReport(aHostileReport('payments'), { title: 'payments' })));
  const changed = HOSTILE.filter((text) => text !== '').filter(
    (text) => JSON.stringify(shapeOf(htmlReport(aHostileReport(text), { title: text }))) !== shape,
  );
  expect(changed).toEqual([]);
});

it('IN-02: shows controls and text that turns around as their codes', () => {
  const hostile = htmlReport(aHostileReport('\u202etxt.exe\u202c \u001b[31mred'));
  expect(hostile.match(/[\p{Cf}]|[^\P{Cc}\n]/gu)).toBe(null);
  expect(hostile).toContain('\\u{202e}txt.exe\\u{202c} \\u{1b}[31mred');
});

it('IN-02: the policy allows the one style sheet and the one script by their hashes, and nothing else', () => {
  const hashed = (tag: string) =>
    named(tag).map((element) => {
      const [child] = element.childNodes;
      const text = child !== undefined && 'value' in child ? child.value : '';
      return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    });
  const policy = elements.find((element) => attribute(element, 'http-equiv') === 'Content-Security-Policy');
  expect(policy && attribute(policy, 'content')).toBe(
    `default-src 'none'; style-src ${hashed('style').join(' ')}; script-src ${hashed('script').join(' ')}; base-uri 'none'; form-action 'none'`,
  );
  expect([hashed('style').length, hashed('script').length]).toEqual([1, 1]);
});

it('IN-02: has no inline handler, no style attribute, and no address but places on the page itself', () => {
  const attributes = elements.flatMap(({ attrs }) => attrs);
  expect(attributes.filter(({ name }) => name.startsWith('on') || name === 'style' || name === 'src')).toEqual([]);
  const ids = new Set(attributes.flatMap(({ name, value }) => (name === 'id' ? [value] : [])));
  const links = attributes.flatMap(({ name, value }) => (name === 'href' ? [value] : []));
  expect(links.filter((link) => !link.startsWith('#') || !ids.has(link.slice(1)))).toEqual([]);
});

it('every id is there once', () => {
  const ids = elements.flatMap((element) => attribute(element, 'id') ?? []);
  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});

it('a report of 5,000 findings, each with who did it and when, takes at most 3 MB', () => {
  const known = { cause: aCause(), firstSeen: REPORTED_AT - 3_600_000, since: REPORTED_AT - 3_600_000 };
  const findings = aLargeReport(10_000).verdicts.flatMap((one) =>
    one.verdict === 'pass' || one.verdict === 'not-applicable' ? [] : [{ ...one, ...known }],
  );
  const text = htmlReport(aReport({ source: 'table', verdicts: findings.slice(0, 5000) }), { history: HISTORY });
  expect(text.match(/<details class="f /g)).toHaveLength(5000);
  expect(Buffer.byteLength(text)).toBeLessThanOrEqual(3_000_000);
});

it('is the same page for the same report', () => {
  expect(htmlReport(aReport(), { history: HISTORY })).toBe(page);
});

it('says first what keeps it from being whole', () => {
  const caveat = (report: Report) =>
    elementsOf(htmlReport(report))
      .filter((element) => attribute(element, 'class') === 'caveat')
      .map(textOf);
  const whole = aReport().scopes.map((scope) => ({ ...scope, complete: true, unread: [] }));
  expect(caveat(aReport({ scopes: whole }))).toEqual([]);
  expect(caveat(aReport({ scopes: whole, partial: 'It was stopped.' }))).toEqual([
    'This report is not complete: It was stopped. What is missing here is not in order. What could not be judged',
  ]);
  expect(caveat(aReport())).toEqual([
    '1 account and region of 3 could not be read whole. What is missing here is not in order. What could not be judged',
  ]);
});

it('a report without verdicts says that nothing was judged', () => {
  const text = textOf(elementsOf(htmlReport(aReport({ verdicts: [], scopes: [] })))[0] as never);
  expect(text).toContain('Nothing was judged: there is nothing here that a control applies to.');
  expect(text).toContain('Nothing: everything was read.');
});

it('a finding tells what, where, since when, who and how to put it right', () => {
  const finding = elements.find(
    (element) =>
      attribute(element, 'class') === 'f critical fail' && textOf(element).includes('The API endpoint is reachable'),
  );
  expect(finding && textOf(finding).trim()).toMatch(
    /^critical The API endpoint is reachable from 0\.0\.0\.0\/0\. failing EKS cluster payments · 111122223333 · eu-west-1Evidencepublic: from 0\.0\.0\.0\/0; private: onWho and whenada@example\.com as role\/Admin: eks:UpdateClusterConfig with the AWS CLI from 198\.51\.100\.23, 2026-11-20 16:42First seen2026-11-20 16:42Link to this$/,
  );
});

it('a waiver stands with its end, its reason and who approved it', () => {
  const rows = elements.filter(({ tagName }) => tagName === 'tr').map((row) => textOf(row).trim());
  expect(rows.filter((row) => row.startsWith('2027-01-31'))).toEqual([
    '2027-01-31in 71 daysEKS cluster orderseks-endpoint-public-disabledMoved behind the transit gateway in January (until 2027-01-31 by grace@example.com, ticket SEC-1042)',
  ]);
});
