export { type Following, reportOfScan, type ScanOptions } from './report-of-scan.ts';
export { reportOfSnapshot } from './report-of-snapshot.ts';
export { reportOfTable, type TableOptions } from './report-of-table.ts';
