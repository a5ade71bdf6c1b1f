import { MetricUnit, Metrics as Powertools } from '@aws-lambda-powertools/metrics';
import type { Metrics } from './metrics.ts';

/** Counters as CloudWatch's embedded metric format: no call, one line of log. `flush` writes what an invocation counted. */
export function lambdaMetrics(service: string): Metrics & { flush(): void } {
  const metrics = new Powertools({ namespace: 'eks-warden', serviceName: service });
  return {
    count(name, by = 1, dimensions) {
      if (dimensions === undefined) {
        metrics.addMetric(name, MetricUnit.Count, by);
        return;
      }
      const single = metrics.singleMetric();
      for (const [key, value] of Object.entries(dimensions)) single.addDimension(key, value);
      single.addMetric(name, MetricUnit.Count, by);
    },
    duration: (name, milliseconds) => {
      metrics.addMetric(name, MetricUnit.Milliseconds, milliseconds);
    },
    flush() {
      if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
    },
  };
}
