import { CloudWatchClient, GetMetricStatisticsCommand } from '@aws-sdk/client-cloudwatch';
import { clientConfig } from '../own/calling.ts';
import type { Read } from '../read.ts';
import { asked, type OperatorSession } from './session.ts';

export interface Asked {
  namespace: string;
  metric: string;
  dimensions: Readonly<Record<string, string>>;
  /** The last so many milliseconds, up to now. */
  within: number;
  now: number;
}

/** CloudWatch answers by whole minutes (s). */
const MINUTE = 60;

/** The greatest value of a metric within a time; undefined where nothing was measured. */
export function greatest(
  session: OperatorSession,
  { namespace, metric, dimensions, within, now }: Asked,
): Promise<Read<number | undefined>> {
  const cloudwatch = new CloudWatchClient(clientConfig(session.calling()));
  const period = Math.ceil(within / 1000 / MINUTE) * MINUTE;
  return asked('cloudwatch:GetMetricStatistics', async () => {
    const { Datapoints = [] } = await cloudwatch.send(
      new GetMetricStatisticsCommand({
        Namespace: namespace,
        MetricName: metric,
        Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
        StartTime: new Date(now - within),
        EndTime: new Date(now),
        Period: period,
        Statistics: ['Maximum'],
      }),
    );
    const values = Datapoints.flatMap(({ Maximum }) => Maximum ?? []);
    return values.length === 0 ? undefined : Math.max(...values);
  });
}
