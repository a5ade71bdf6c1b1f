import { safeJson } from '../../runtime/terminal.ts';
import type { Report } from '../report.ts';
import { sorted } from './sorted-keys.ts';

/** Says of a file that it is one of ours, and how its content is to be read. */
export const MARK = { format: 'eks-warden report', schema: 1 } as const;

/** The report as it is, keys in order, a verdict a line; `readReport` reads it back. */
export function json(report: Report): string {
  const { controls, verdicts, ...rest } = report;
  const head = Object.entries(sorted({ ...MARK, ...rest })).map(([key, value]) => `"${key}":${safeJson(value)}`);
  return `{${head.join(',\n')},\n"controls":${lines(controls)},\n"verdicts":${lines(verdicts)}}\n`;
}

/** A line that describes the run, one for each scope, one for each verdict; `type` tells them apart. */
export function jsonl(report: Report): string {
  const { controls: _, verdicts, scopes, ...rest } = report;
  const all = [
    { type: 'report', ...MARK, ...rest },
    ...scopes.map((scope) => ({ type: 'scope', ...scope })),
    ...verdicts.map((verdict) => ({ type: 'verdict', ...verdict })),
  ];
  return all.map((line) => `${safeJson(sorted(line))}\n`).join('');
}

/** A JSON list with one item a line: a document to parsers, lines to `grep` and `diff`. */
export function lines(items: readonly unknown[]): string {
  return items.length === 0 ? '[]' : `[\n${items.map((item) => safeJson(sorted(item))).join(',\n')}\n]`;
}
