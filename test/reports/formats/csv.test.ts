import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import { CSV_COLUMNS } from '../../../shared/reports/formats/csv.ts';
import { render } from '../../../shared/reports/formats/index.ts';
import { plain } from '../../../shared/runtime/terminal.ts';
import { aHostileReport, aReport } from '../../support/a-report.ts';
import { HOSTILE } from '../../support/hostile.ts';

const records = (text: string) => parse(text, { record_delimiter: '\r\n' });
const FORMULA = /^[=+\-@\t\r]/;

it('a record says all that is known of a verdict', () => {
  const [heads, first] = records(render(aReport(), 'csv'));
  expect([heads, first]).toEqual([
    Object.keys(CSV_COLUMNS),
    [
      'fail',
      'critical',
      'eks-endpoint-public-cidrs',
      'A public endpoint is not open to the world',
      '111122223333',
      'eu-west-1',
      'cluster',
      'payments',
      'payments',
      'The API endpoint is reachable from 0.0.0.0/0.',
      'public: from 0.0.0.0/0; private: on',
      '',
      '',
      'open',
      '2026-11-20T16:42:40.000Z',
      '2026-11-20T16:42:40.000Z',
      'by ada@example.com with cli from 198.51.100.23 (eks:UpdateClusterConfig, 2026-11-20T16:42:10.000Z)',
      'Make the endpoint private, or list the networks that need it in publicAccessCidrs.',
      'CIS EKS 5.4.1; Security Hub EKS.1',
      '',
      '111122223333#eu-west-1#cluster#payments#eks-endpoint-public-cidrs',
    ],
  ]);
});

it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '=cmd|"/c calc"!A1'])('IN-03: %j is no formula', (text) => {
  const cells = records(render(aHostileReport(text), 'csv'))
    .slice(1)
    .flat();
  expect(cells.filter((cell) => FORMULA.test(cell))).toEqual([]);
});

it('IN-03: whatever a name holds, a record is a line and reads back as its text', () => {
  const names = [...HOSTILE.map((text) => text.slice(0, 3000)), 'a,b', 'say "no"', '"', 'a\r\nb', "it's", '  x  '];
  const broken = names.filter((name) => {
    const report = aHostileReport(name);
    const text = render(report, 'csv');
    const all = records(text);
    const column = Object.keys(CSV_COLUMNS).indexOf('resource');
    const shown = plain(name);
    const wanted = FORMULA.test(shown) ? `'${shown}` : shown;
    const isLines = text.split('\n').length === report.verdicts.length + 2;
    return !isLines || all.slice(1).some((record) => record[column] !== wanted);
  });
  expect(broken).toEqual([]);
});
