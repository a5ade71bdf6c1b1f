import { describe, expect, it } from 'vitest';
import type { Bench } from '../bench.ts';
import { addClusters, clusterOf } from '../estate.ts';
import { report } from '../figures.ts';
import { killFunction, peakMemory } from '../machine.ts';
import { type Stack, until } from '../stack.ts';
import { anEventAbout } from './events.ts';

const UNPROTECTED = { deletionProtection: false };
const PROTECTION = 'eks-deletion-protection';
/** `STACK_BURST=1000` makes the big one. */
const BURST = Number(process.env.STACK_BURST ?? 200);
const EVENTS_EACH = 10;

const isOpen = async (stack: Stack, cluster: string) =>
  (await stack.finding(PROTECTION, clusterOf(cluster)))?.state === 'open';

/** How many notices were published about a cluster. */
const noticesAbout = ({ wire }: Stack, cluster: string) =>
  wire.calls.filter(
    ({ action, body }) => action === 'sns:Publish' && new RegExp(`cluster[^a-z]{1,3}${cluster}\\b`).test(body),
  ).length;

const looksAt = ({ audited }: Stack, cluster: string) =>
  audited.cloud.calls().filter(({ action, input }) => action === 'eks:DescribeCluster' && input.name === cluster)
    .length;

/** What goes wrong on the way, and what is all right in the end. */
export function faultScenarios(here: () => Bench): void {
  describe.concurrent('when things go wrong', () => {
    it('what could not be read for a minute is judged once it can be', async () => {
      const { stack } = here();
      addClusters(stack.audited.cloud, ['offline'], UNPROTECTED);
      const end = stack.wire.fault({ action: 'eks:DescribeCluster', naming: '/offline', answer: 'unwell' });
      await stack.put(anEventAbout('offline'));
      await until('the first try', () =>
        stack.wire.calls.some(({ action, outcome }) => action === 'eks:DescribeCluster' && outcome === 503),
      );
      setTimeout(end, 60_000);
      await until('the finding', () => isOpen(stack, 'offline'), 150);
    });

    it('calls that are throttled, dropped or late come to the same verdict', async () => {
      const { stack } = here();
      const clusters = ['throttled', 'dropped', 'late'] as const;
      addClusters(stack.audited.cloud, clusters, UNPROTECTED);
      const action = 'eks:DescribeCluster';
      stack.wire.fault({ action, naming: '/throttled', answer: 'throttled', times: 2 });
      stack.wire.fault({ action, naming: '/dropped', answer: 'drop', times: 1 });
      stack.wire.fault({ action, naming: '/late', answer: { delay: 2000 }, times: 1 });
      for (const cluster of clusters) await stack.put(anEventAbout(cluster));
      for (const cluster of clusters) await until(`the finding of ${cluster}`, () => isOpen(stack, cluster), 120);
    });

    it('a post that Slack puts off comes later', async () => {
      const { stack } = here();
      addClusters(stack.audited.cloud, ['put-off'], UNPROTECTED);
      stack.slack.next({ retryAfter: 1 });
      await stack.put(anEventAbout('put-off'));
      await until(
        'the post that Slack took',
        () => stack.slack.posts.some(({ status, body }) => status === 200 && JSON.stringify(body).includes('put-off')),
        150,
      );
    });

    it('a cluster that may not be read is unsure, and its findings are not closed', async () => {
      const { stack } = here();
      addClusters(stack.audited.cloud, ['denied'], UNPROTECTED);
      await stack.put(anEventAbout('denied'));
      await until('the finding', () => isOpen(stack, 'denied'));
      const allow = stack.wire.fault({ action: 'eks:DescribeCluster', naming: '/denied', answer: 'denied' });
      await stack.put(anEventAbout('denied'));
      const finding = await until(
        'the look that was refused',
        async () => {
          const known = await stack.finding(PROTECTION, clusterOf('denied'));
          return known?.unreadSince !== undefined && known;
        },
        150,
      );
      allow();
      expect(finding.state).toBe('open');
    });
  });

  it('a function that is killed in the middle of a batch loses nothing', async () => {
    const { stack } = here();
    addClusters(stack.audited.cloud, ['killed'], UNPROTECTED);
    stack.wire.fault({ action: 'eks:DescribeCluster', naming: '/killed', answer: { delay: 5000 }, times: 1 });
    await stack.put(anEventAbout('killed'));
    await until('the look', () => looksBegun(stack, 'killed') > 0);
    expect(killFunction(stack.emulator.pid, 'evaluate-resource')).toBeGreaterThan(0);
    await until('the finding', () => isOpen(stack, 'killed'), 150);
  });

  it(`${BURST} events in a burst are all seen, each cluster's in a few looks, and told once`, async () => {
    const { stack } = here();
    const clusters = Array.from({ length: BURST / EVENTS_EACH }, (_, at) => `burst-${at + 100}`);
    addClusters(stack.audited.cloud, clusters, UNPROTECTED);
    const memory = peakMemory(stack.emulator.pid);
    const began = Date.now();
    const events = Array.from({ length: EVENTS_EACH }, () => clusters.map(anEventAbout)).flat();
    await Promise.all(events.map((event) => stack.put(event)));
    for (const cluster of clusters) await until(`the finding of ${cluster}`, () => isOpen(stack, cluster), 120);
    report(`burst of ${BURST} events on ${clusters.length} clusters, all found (s)`, (Date.now() - began) / 1000);
    await until('every event', async () => (await stack.messages('ChangesQueue')).waiting === 0, 150);
    await until('every notice', () => clusters.every((cluster) => noticesAbout(stack, cluster) > 0), 150);
    report(`burst of ${BURST}: peak memory of the emulator and its functions (MB)`, memory.stop());
    const looks = clusters.map((cluster) => looksAt(stack, cluster));
    report(`burst of ${BURST}: most looks at one cluster`, Math.max(...looks));
    expect(clusters.filter((cluster) => noticesAbout(stack, cluster) !== 1)).toEqual([]);
    expect(await stack.messages('RechecksDeadLetters')).toMatchObject({ waiting: 0 });
  });
}

const looksBegun = ({ wire }: Stack, cluster: string) =>
  wire.calls.filter(({ action, path }) => action === 'eks:DescribeCluster' && path.endsWith(`/${cluster}`)).length;
