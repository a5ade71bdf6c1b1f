import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, it } from 'vitest';
import { render } from '../../../shared/reports/formats/index.ts';
import { aHostileReport, aLargeReport, aReport } from '../../support/a-report.ts';
import { HOSTILE } from '../../support/hostile.ts';

const FILE = join(import.meta.dirname, '..', '..', '..', 'docs', 'report.schema.json');
const ajv = new Ajv2020({ allErrors: true, strict: true, strictTypes: false });
ajv.addSchema(JSON.parse(readFileSync(FILE, 'utf8')), 'report');

/** What the published schema has against a value. */
function against(reference: string, value: unknown): unknown[] {
  ajv.validate({ $ref: reference }, value);
  return (ajv.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

const REPORTS = [
  aReport(),
  aReport({ partial: 'Stopped.' }),
  aLargeReport(500),
  ...HOSTILE.map((text) => aHostileReport(text.slice(0, 2000))),
];

it('json keeps to its published schema', () => {
  expect(REPORTS.flatMap((report) => against('report', JSON.parse(render(report, 'json'))))).toEqual([]);
});

it('each line of jsonl keeps to its published schema', () => {
  const lines = REPORTS.flatMap((report) => render(report, 'jsonl').trimEnd().split('\n'));
  expect(lines.flatMap((line) => against('report#/$defs/line', JSON.parse(line)))).toEqual([]);
});

it('the schema refuses what is not in the format', () => {
  const whole = JSON.parse(render(aReport(), 'json'));
  const [first, ...others] = whole.verdicts;
  expect([
    against('report', { ...whole, schema: 2 }),
    against('report', { ...whole, verdicts: [{ ...first, verdict: 'fine' }, ...others] }),
    against('report#/$defs/line', { type: 'verdict' }).length > 0,
  ]).toEqual([['/schema must be equal to constant'], [expect.stringContaining('/verdicts/0/verdict must')], true]);
});
