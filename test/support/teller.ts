import type { LogFields } from '../../shared/runtime/log.ts';
import type { MetricName } from '../../shared/runtime/metrics.ts';

/** A log and counters that a test reads. A count with dimensions stands under its name and their values. */
export function aTeller() {
  const lines: Record<string, unknown>[] = [];
  const counts: Record<string, number> = {};
  const durations: [string, number][] = [];
  let flushes = 0;
  const at =
    (level: string) =>
    (message: string, fields: LogFields = {}) =>
      void lines.push({ level, message, ...fields });
  return {
    lines,
    counts,
    durations,
    flushes: () => flushes,
    log: { info: at('info'), warn: at('warn'), error: at('error') },
    metrics: {
      count(name: MetricName, by = 1, dimensions: Readonly<Record<string, string>> = {}) {
        const key = [name, ...Object.values(dimensions)].join(' ');
        counts[key] = (counts[key] ?? 0) + by;
      },
      duration: (name: string, milliseconds: number) => void durations.push([name, milliseconds]),
    },
    flush() {
      flushes += 1;
    },
  };
}
