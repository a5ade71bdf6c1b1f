import type { Log } from './log.ts';
import { lambdaLog } from './logger.ts';
import { lambdaMetrics } from './meter.ts';
import type { Metrics } from './metrics.ts';

/** What a function tells about itself: its log, its counters, and `flush`, which writes those at the end of an invocation. */
export interface Invocation {
  log: Log;
  metrics: Metrics;
  flush(): void;
}

export function invocation(service: string): Invocation {
  const metrics = lambdaMetrics(service);
  return { log: lambdaLog(service), metrics, flush: () => metrics.flush() };
}
