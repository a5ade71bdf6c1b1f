import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Baseline } from '../../shared/baseline/baseline.ts';
import { readDeployment } from '../../shared/deployment/deploy-file.ts';
import { hubOf } from '../../shared/deployment/stack/hub.ts';
import { TEMPLATE_SITE } from '../../shared/derive/site.ts';
import {
  ASSUMED,
  type CostLine,
  costOfEvents,
  costOfStanding,
  costOfSweep,
  dollarsOf,
  type Functions,
  type Running,
  type Standing,
  summed,
} from '../../shared/reports/cost.ts';
import { METRICS } from '../../shared/runtime/metrics.ts';
import { SAMPLE_NAMES } from '../support/samples.ts';
import { benchEstate } from './bench-estate.ts';
import { lookAtAll } from './calls.ts';
import { eventWork, logBytesOf, meanOf, sweepWorks } from './event-work.ts';
import type { Figure, Part } from './figure.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const HOW =
  `Computed from counted calls and AWS's list prices in us-east-1, without free tiers; assumed are ${ASSUMED.awsRead} ms for an answer of AWS, ` +
  `${ASSUMED.ownCall} ms for one of our own table and queues, and that ${ASSUMED.newsworthy * 100} % of the events open or close something.`;

/** Queues that functions take messages from: Lambda asks them even when nothing is there. */
const POLLED = 3;

/** What a month of an estate is made of. A cluster has node groups, roles, security groups, repositories and images with it. */
const ESTATES = [
  { clusters: 5, events: 50_000, resources: 5 * 60, scopes: 3 },
  { clusters: 100, events: 1_000_000, resources: 100 * 60, scopes: 12 },
] as const;

export async function cost(baseline: Baseline): Promise<Part> {
  const estate = await benchEstate();
  try {
    const { items } = await lookAtAll(estate, baseline);
    const works = [];
    for (const name of SAMPLE_NAMES) works.push(await eventWork(estate, baseline, items, name));
    const work = meanOf(works);
    const functions = await running();
    const alone = costOfEvents(1e6, work, functions, 0);
    const together = costOfEvents(1e6, work, functions, 0, { ...ASSUMED, batch: 5 });
    const sweep = meanOf(await sweepWorks(estate, baseline, items));
    const months = ESTATES.map((each) => ({ ...each, lines: monthOf(each, { work, sweep }, functions, baseline) }));
    const figures = [
      dollars('cost.million', '1,000,000 relevant events, each by itself', alone),
      dollars('cost.million-in-bursts', '… five at a time, as in a deployment', together),
      dollars('cost.forwarded', '… more, where they come from another region or account', [
        ...costOfEvents(1e6, work, functions, 1).slice(0, 1),
      ]),
      ...months.map(({ clusters, events, lines }) =>
        dollars(
          `cost.month-${clusters}`,
          `a month of ${clusters} clusters, ${events.toLocaleString('en-GB')} events`,
          lines,
        ),
      ),
    ];
    return { figures, how: HOW, details: { work, sweep, functions, alone, together, months } };
  } finally {
    await estate.stop();
  }
}

function monthOf(
  { events, resources, scopes }: (typeof ESTATES)[number],
  { work, sweep }: { work: Parameters<typeof costOfEvents>[1]; sweep: Parameters<typeof costOfSweep>[2] },
  functions: Functions & { sweep: Running },
  baseline: Baseline,
): CostLine[] {
  return summed([
    { lines: costOfEvents(events, work, functions, 0.3) },
    { lines: costOfSweep(resources, scopes, sweep, functions.sweep), times: 30 },
    { lines: costOfStanding(standing(resources, baseline)) },
  ]);
}

const DEPLOYED = [
  'region: eu-west-1',
  'email: security@example.org',
  'slackSecret: arn:aws:secretsmanager:eu-west-1:111122223333:secret:slack-a1b2c3',
].join('\n');

/** 10 kB of items and history for each resource; every figure that we emit, once. */
function standing(resources: number, baseline: Baseline): Standing {
  const { resources: parts } = hubOf({
    baseline,
    deployment: readDeployment(DEPLOYED, 'deploy.yml'),
    site: TEMPLATE_SITE,
  });
  const types = Object.values(parts).map((part) => (part as { Type: string }).Type);
  const count = (type: string) => types.filter((each) => each === type).length;
  return {
    alarms: count('AWS::CloudWatch::Alarm'),
    polledQueues: POLLED,
    metrics: METRICS.length,
    keys: count('AWS::KMS::Key'),
    secrets: 1,
    gigabytes: (resources * 10_000) / 1e9,
  };
}

async function running(): Promise<Functions & { sweep: Running }> {
  const of = async (name: string, folder = name): Promise<Running> => {
    const text = readFileSync(join(ROOT, 'functions', folder, 'function.yml'), 'utf8');
    const [written] = Object.values<{ memorySize: number }>(parse(text, { logLevel: 'error' }));
    const logBytes = await logBytesOf(name, async ({ metrics }) => {
      metrics.count('looked', 1, { outcome: 'judged' });
      metrics.count('evaluated');
      metrics.duration('eventToVerdict', 1);
    });
    return { gigabytes: (written?.memorySize ?? Number.NaN) / 1024, logBytes };
  };
  return {
    locate: await of('locate-change'),
    evaluate: await of('evaluate-resource'),
    announce: await of('announce-finding'),
    post: await of('post-to-slack'),
    sweep: await of('sweep-scope', 'sweep/sweep-scope'),
  };
}

function dollars(id: string, what: string, lines: readonly CostLine[]): Figure {
  return { id, what, value: dollarsOf(lines), unit: '$' };
}
