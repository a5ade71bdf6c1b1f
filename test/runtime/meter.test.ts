import { afterEach, expect, it, vi } from 'vitest';
import { lambdaMetrics } from '../../shared/runtime/meter.ts';

/** What CloudWatch reads out of the lines that go out: names, units and dimensions, with the values of those. */
function emitted(use: (metrics: ReturnType<typeof lambdaMetrics>) => void) {
  const lines: string[] = [];
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, 'write').mockImplementation((line) => {
      lines.push(String(line));
      return true;
    });
  const metrics = lambdaMetrics('locate-change');
  use(metrics);
  metrics.flush();
  vi.restoreAllMocks();
  return lines
    .map((line) => JSON.parse(line))
    .flatMap((said) =>
      said._aws.CloudWatchMetrics.map(
        ({ Namespace, Metrics, Dimensions }: { Namespace: string; Metrics: object[]; Dimensions: string[][] }) => ({
          Namespace,
          Metrics,
          dimensions: Dimensions.map((names) => Object.fromEntries(names.map((name) => [name, said[name]]))),
        }),
      ),
    );
}

afterEach(() => vi.restoreAllMocks());

it('Q-03: a figure has one namespace, and no dimension but the function and, of some, one short list of reasons', () => {
  const all = emitted((metrics) => {
    metrics.count('refusedOrigin');
    metrics.count('ignored', 1, { reason: 'failed call' });
    metrics.duration('eventToVerdict', 1500);
  });
  const Namespace = 'eks-warden';
  const service = 'locate-change';
  expect(all).toEqual([
    {
      Namespace,
      Metrics: [{ Name: 'ignored', Unit: 'Count' }],
      dimensions: [{ service, reason: 'failed call' }],
    },
    {
      Namespace,
      Metrics: [
        { Name: 'refusedOrigin', Unit: 'Count' },
        { Name: 'eventToVerdict', Unit: 'Milliseconds' },
      ],
      dimensions: [{ service }],
    },
  ]);
});
