import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { PeersReport } from './measure-peers.ts';
import measured from './measured.json' with { type: 'json' };
import { BEGIN, END, figuresOf, withFigures } from './performance-page.ts';

const PAGE = join(import.meta.dirname, '..', '..', '..', 'docs', 'performance.md');
const report = measured as unknown as PeersReport;

it('the documentation has the figures that were measured, and no others in their place', () => {
  const page = readFileSync(PAGE, 'utf8');
  expect(page.slice(page.indexOf(BEGIN), page.indexOf(END) + END.length + 1)).toBe(figuresOf(report));
});

it('the README has the same figures of what both check', () => {
  const readme = readFileSync(join(import.meta.dirname, '..', '..', '..', 'README.md'), 'utf8');
  const ratios = report.ratios?.filter(({ what, delayMs }) => what === 'shared' && delayMs === 30) ?? [];
  const of = (peer: string, field: 'timesFaster' | 'callsShare' | 'memoryShare') =>
    String(ratios.find((ratio) => ratio.peer === peer)?.[field]);
  const row = (what: string) => (readme.match(new RegExp(`^\\| ${what} +\\|(.+)\\|$`, 'm'))?.[1] ?? '').split('|');
  const told = ['wall time, theirs over ours', 'calls, ours over theirs', 'memory, ours over theirs'].map((what) =>
    row(what).map((cell) => cell.trim()),
  );
  const fields = ['timesFaster', 'callsShare', 'memoryShare'] as const;
  expect(told).toEqual(fields.map((field) => [of('prowler', field), of('custodian', field)]));
});

it('replaces the figures and keeps the rest', () => {
  const page = `before\n\n${BEGIN}\nold\n${END}\n\nafter\n`;
  expect(withFigures(page, report)).toBe(`before\n\n${figuresOf(report)}\nafter\n`);
  expect(() => withFigures('nothing', report)).toThrow('docs/performance.md has no place for the figures.');
});

it('what was measured is whole: both peers and all parts', () => {
  const peers = new Set(report.ratios?.map(({ peer }) => peer));
  const parts = [report.rows, report.verdicts, report.slope, report.pace, report.events];
  expect([peers, parts.includes(undefined)]).toEqual([new Set(['prowler', 'custodian']), false]);
});
