import { SEVERITIES } from '../controls/define-control.ts';
import { keyOf } from '../resources/resource.ts';
import { type Reported, VERDICTS } from './report.ts';

/** What fails before what is unknown, accepted or in order; within each the most severe first, then by control and resource. */
export function byWorst(a: Reported, b: Reported): number {
  return (
    VERDICTS.indexOf(a.verdict) - VERDICTS.indexOf(b.verdict) ||
    SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
    compared(a.control, b.control) ||
    compared(keyOf(a.resource), keyOf(b.resource))
  );
}

/** By code units, whatever the locale of the machine. */
function compared(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
