import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Baseline } from '../../shared/baseline/baseline.ts';
import { readDeployment } from '../../shared/deployment/deploy-file.ts';
import { hubOf } from '../../shared/deployment/stack/hub.ts';
import { TEMPLATE_SITE } from '../../shared/derive/site.ts';
import type { Running } from '../../shared/reports/cost.ts';
import type { Measured } from '../../shared/reports/month.ts';
import { METRICS } from '../../shared/runtime/metrics.ts';
import { SAMPLE_NAMES } from '../support/samples.ts';
import { benchEstate } from './bench-estate.ts';
import { lookAtAll } from './calls.ts';
import { eventWork, logBytesOf, meanOf, sweepWorks } from './event-work.ts';

const ROOT = join(import.meta.dirname, '..', '..');
/** Where the command finds it. */
export const MEASURED = join(ROOT, 'shared', 'reports', 'measured.json');

/** Queues that functions take messages from: Lambda asks them even when nothing is there. */
const POLLED = 3;

const DEPLOYED = [
  'region: eu-west-1',
  'email: security@example.org',
  'slackSecret: arn:aws:secretsmanager:eu-west-1:111122223333:secret:slack-a1b2c3',
].join('\n');

/** Counts, in a small estate over HTTP, what a month is computed from. */
export async function measure(baseline: Baseline): Promise<Measured> {
  const estate = await benchEstate();
  try {
    const { items } = await lookAtAll(estate, baseline);
    const works = [];
    for (const name of SAMPLE_NAMES) works.push(await eventWork(estate, baseline, items, name));
    return {
      event: meanOf(works),
      sweep: meanOf(await sweepWorks(estate, baseline, items)),
      functions: await running(),
      standing: standing(baseline),
    };
  } finally {
    await estate.stop();
  }
}

/** Every figure that we emit counts once. */
function standing(baseline: Baseline): Measured['standing'] {
  const { resources } = hubOf({ baseline, deployment: readDeployment(DEPLOYED, 'deploy.yml'), site: TEMPLATE_SITE });
  const types = Object.values(resources).map((part) => (part as { Type: string }).Type);
  const count = (type: string) => types.filter((each) => each === type).length;
  return {
    alarms: count('AWS::CloudWatch::Alarm'),
    polledQueues: POLLED,
    metrics: METRICS.length,
    keys: count('AWS::KMS::Key'),
    secrets: 1,
  };
}

async function running(): Promise<Measured['functions']> {
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
