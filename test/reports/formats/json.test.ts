import { describe, expect, it } from 'vitest';
import { FORMATS, fileNameOf, render } from '../../../shared/reports/formats/index.ts';
import { claimsReport, readReport } from '../../../shared/reports/formats/read-report.ts';
import type { Report } from '../../../shared/reports/report.ts';
import { aHostileReport, aLargeReport, aReport } from '../../support/a-report.ts';
import { HOSTILE } from '../../support/hostile.ts';

/** The same value with its keys the other way round. */
function reversed<T>(value: T): T {
  if (Array.isArray(value)) return value.map(reversed) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, each]) => [key, reversed(each)]),
  ) as T;
}

const { unread: _, ...scope } = { account: '111122223333', region: 'eu-west-1', complete: true, unread: [] };

const WHOLE = render(aReport(), 'json');
const FOREIGN = 'That is no report of eks-warden: name one that was written with --format json.';
const NOT_REPORTS: readonly (readonly [string, string, string])[] = [
  ['cut off', WHOLE.slice(0, 900), 'This report was cut off: write it again, or copy it whole.'],
  ['no JSON', 'no', 'It is no JSON: name a report that was written with --format json.'],
  ['JSON lines', render(aReport(), 'jsonl'), 'That is a report as JSON lines: only --format json can be read back.'],
  ['a list', '[1]', FOREIGN],
  ['nothing', 'null', FOREIGN],
  ['of others', '{"version":1,"hello":{"format":"eks-warden report"}}', FOREIGN],
  [
    'of a later version',
    WHOLE.replace('"schema":1', '"schema":2'),
    'A later version of eks-warden wrote this report: update eks-warden to read it.',
  ],
  [
    'changed',
    WHOLE.replace('"source":"scan"', '"source":"rumour"'),
    'This report was changed after it was written (source: Invalid option: expected one of "scan"|"snapshot"|"table"): write it again.',
  ],
];

describe('a report in formats', () => {
  it('is read back from its JSON as it was', () => {
    const reports = [
      aReport(),
      aReport({ partial: 'Stopped.' }),
      ...HOSTILE.map((text) => aHostileReport(text.slice(0, 2000))),
    ];
    expect(reports.map((report) => readReport(render(report, 'json'), 'a.json'))).toEqual(reports);
  });

  it('a field of a later version is kept', () => {
    const later = { ...aReport(), later: { than: 'this' } } as Report;
    expect(readReport(render(later, 'json'), 'a.json')).toEqual(later);
  });

  it.each(FORMATS)('equal reports are equal texts: %s', (format) => {
    const report = aReport();
    expect(render(reversed(report), format)).toBe(render(report, format));
  });

  it.each(FORMATS)('5,000 verdicts are written: %s', (format) => {
    const text = render(aLargeReport(5000), format);
    expect(text.length).toBeGreaterThan(100_000);
  });

  it('lines are the run, each scope, each verdict', () => {
    const report = aReport();
    const lines = render(report, 'jsonl')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.slice(1)).toEqual([
      ...report.scopes.map((each) => ({ type: 'scope', ...each })),
      ...report.verdicts.map((each) => ({ type: 'verdict', ...each })),
    ]);
  });

  it('a file says whose report it is, and of when', () => {
    const one = aReport({ scopes: [{ ...scope, unread: [] }], verdicts: [] });
    const none = aReport({ scopes: [], verdicts: [] });
    expect([fileNameOf(aReport(), 'junit'), fileNameOf(one, 'csv'), fileNameOf(none, 'asff')]).toEqual([
      'eks-warden-many-20261121T030000Z.junit.xml',
      'eks-warden-111122223333-20261121T030000Z.csv',
      'eks-warden-none-20261121T030000Z.asff.json',
    ]);
  });

  it.each(NOT_REPORTS)('what is none is told in a sentence: %s', (_, text, why) => {
    expect(() => readReport(text, 'a.json')).toThrow(`a.json: ${why}`);
  });

  it('what was cut off, or changed, still says that it is a report', () => {
    expect(NOT_REPORTS.filter(([, text]) => claimsReport(text)).map(([what]) => what)).toEqual([
      'cut off',
      'JSON lines',
      'of a later version',
      'changed',
    ]);
  });
});
