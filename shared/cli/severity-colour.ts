import type { Severity } from '../controls/define-control.ts';
import type { Output } from './output.ts';

/** A severity in its colour; other text as it is. */
export function severityColour(colour: Output['colour'], severity: string): string {
  const paint: Record<Severity, (text: string) => string> = {
    critical: (text) => colour.bold(colour.red(text)),
    high: colour.red,
    medium: colour.yellow,
    low: colour.cyan,
    info: colour.dim,
  };
  const name = severity.trim();
  return Object.hasOwn(paint, name) ? paint[name as Severity](severity) : severity;
}
