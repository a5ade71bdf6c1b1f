import { htmlReport } from '../html-report/index.ts';
import type { Report } from '../report.ts';
import { asff } from './asff.ts';
import { csv } from './csv.ts';
import { json, jsonl } from './json.ts';
import { junit } from './junit.ts';
import { markdown } from './markdown.ts';
import { ocsf } from './ocsf.ts';
import { sarif } from './sarif.ts';

interface Written {
  write: (report: Report) => string;
  /** Of its file: where two formats share one, the format stands before it. */
  extension: string;
}

const WRITTEN = {
  json: { write: json, extension: 'json' },
  jsonl: { write: jsonl, extension: 'jsonl' },
  csv: { write: csv, extension: 'csv' },
  html: { write: (report) => htmlReport(report), extension: 'html' },
  markdown: { write: markdown, extension: 'md' },
  sarif: { write: sarif, extension: 'sarif' },
  junit: { write: junit, extension: 'junit.xml' },
  ocsf: { write: ocsf, extension: 'ocsf.json' },
  asff: { write: asff, extension: 'asff.json' },
} as const satisfies Record<string, Written>;

export type Format = keyof typeof WRITTEN;

/** The formats for machines and for keeping, in the order in which they are told. */
export const FORMATS = Object.keys(WRITTEN) as readonly Format[];

/** The report in one format: the same report is the same text, byte by byte. */
export function render(report: Report, format: Format): string {
  return WRITTEN[format].write(report);
}

/** `eks-warden-111122223333-20261121T030000Z.csv`; `many` where there are several accounts. */
export function fileNameOf({ scopes, verdicts, at }: Report, format: Format): string {
  const accounts = new Set([...scopes, ...verdicts.map(({ resource }) => resource)].map(({ account }) => account));
  const [only = 'none'] = accounts;
  const time = new Date(at).toISOString().replace(/[-:]|\.\d+/g, '');
  const account = accounts.size > 1 ? 'many' : only.replace(/\W/g, '');
  return `eks-warden-${account}-${time}.${WRITTEN[format].extension}`;
}
