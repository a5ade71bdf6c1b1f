import { SEVERITIES, type Severity } from '../../controls/define-control.ts';
import type { Report } from '../../reports/report.ts';
import { EXIT } from '../output.ts';

/** What a report ends the process with. What is accepted by a waiver does not count. */
export function exitOf(
  { verdicts, scopes, partial }: Report,
  { failOn, allowUnknown = false }: { failOn: Severity; allowUnknown?: boolean },
): number {
  const counts = (severity: Severity) => SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(failOn);
  if (verdicts.some(({ verdict, severity }) => verdict === 'fail' && counts(severity))) return EXIT.findings;
  const isWhole = partial === undefined && scopes.every(({ complete }) => complete);
  if (isWhole && verdicts.every(({ verdict }) => verdict !== 'unknown')) return EXIT.fine;
  return allowUnknown ? EXIT.fine : EXIT.incomplete;
}

/** Whether nothing at all was judged although something should have been: then the report says only why. */
export function isEmptyHanded({ verdicts, scopes }: Report): boolean {
  return verdicts.every(({ verdict }) => verdict === 'unknown') && scopes.every(({ complete }) => !complete);
}
