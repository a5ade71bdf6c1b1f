import { expect, it } from 'vitest';
import { type Bench, untilQuiet } from '../bench.ts';
import { addClusters } from '../estate.ts';
import { median, report } from '../figures.ts';
import { MOST } from '../most.ts';
import { type Stack, until } from '../stack.ts';
import { anEventAbout } from './events.ts';

const TIMES = 50;

interface Hops {
  located: number;
  stored: number;
  published: number;
  posted: number;
}

/** How long an event takes, when everything is warm. */
export function speedScenarios(here: () => Bench): void {
  it(`${TIMES} events, one after the other, come through warm functions to a post, and each hop is timed`, async () => {
    const { stack } = here();
    await untilQuiet(stack);
    const clusters = Array.from({ length: TIMES + 5 }, (_, at) => `speed-${at + 100}`);
    addClusters(stack.audited.cloud, clusters, { deletionProtection: false });
    const all: Hops[] = [];
    for (const cluster of clusters) all.push(await oneEvent(stack, cluster));
    const warm = all.slice(-TIMES);
    for (const hop of ['located', 'stored', 'published', 'posted'] as const) {
      report(`event → ${hop}, median of ${TIMES} (ms)`, median(warm.map((hops) => hops[hop])));
    }
    const figure = median(warm.map(({ published }) => published));
    report(`event → message in the Slack queue, median of ${TIMES} (ms)`, figure, MOST.eventToMessage);
    expect(warm).toHaveLength(TIMES);
  });
}

/** Milliseconds from the event on the bus to each step, as the wire saw the calls begin. */
async function oneEvent(stack: Stack, cluster: string): Promise<Hops> {
  const { wire, slack } = stack;
  const from = wire.calls.length;
  const posts = slack.posts.length;
  const began = Date.now();
  await stack.put(anEventAbout(cluster));
  const posted = await until(`the post about ${cluster}`, () =>
    slack.posts.slice(posts).find(({ body }) => JSON.stringify(body).includes(cluster)),
  );
  const at = (action: string) =>
    (wire.calls.slice(from).find((call) => call.action === action && call.body.includes(cluster))?.at ?? Number.NaN) -
    began;
  return {
    located: at('sqs:SendMessage'),
    stored: at('dynamodb:PutItem'),
    published: at('sns:Publish'),
    posted: posted.at - began,
  };
}
