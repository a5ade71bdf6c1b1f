import { beforeAll, expect, it } from 'vitest';
import { loadBaseline } from '../../shared/baseline/load.ts';
import { CATALOGUE } from '../../shared/controls/catalogue.ts';
import { watchedEvents } from '../../shared/controls/watched.ts';
import { eventPatterns } from '../../shared/derive/patterns.ts';
import { functionPolicies } from '../../shared/derive/policies.ts';
import { matchesPattern } from '../support/event-matcher.ts';
import { FUNCTION_NAMES, type FunctionName } from '../support/local-world/handlers.ts';
import {
  ANNA,
  aBaselineFile,
  aPipeline,
  HUB,
  LOGGING,
  loggingOf,
  MEMBER,
  packaged,
  REGION,
} from '../support/pipeline.ts';
import { aSample, SAMPLE_NAMES } from '../support/samples.ts';
import { actionsOf, aSite } from '../support/sites.ts';

const FILE = aBaselineFile({
  ...Object.fromEntries(CATALOGUE.map(({ id }) => [id, 'notify'])),
  [LOGGING]: 'remediate',
});
const { baseline } = loadBaseline(FILE, 'baseline.yml', 0);
const rules = eventPatterns(baseline.controls);
const policies = functionPolicies(baseline, { ...aSite(), account: HUB });
const OWN = ['dynamodb', 'sqs', 'sns', 'ssm', 'secretsmanager', 'states'];
const SWEEP_MACHINE = `arn:aws:states:${REGION}:${HUB}:stateMachine:sweep`;

const made = new Map<FunctionName, Set<string>>();
const delivered: string[] = [];

beforeAll(async () => {
  const handlers = await packaged('rights', FILE);
  const matches = (event: unknown) => rules.some(({ pattern }) => matchesPattern(pattern, event));
  await using pipeline = await aPipeline({ handlers, matches, slack: 'token', environment: { SWEEP_MACHINE } });
  const { world, cloud } = pipeline;
  let running: FunctionName = 'locate-change';
  world.on((step) => {
    if (step.step === 'invocation') running = step.function;
    if (step.step === 'event' && step.matched) delivered.push((step.event as { id: string }).id);
    if (step.step !== 'call') return;
    const { service, operation } = step.call;
    const action = OWN.includes(service) ? `${service}:${operation}` : (cloud.calls().at(-1)?.action ?? service);
    made.set(running, (made.get(running) ?? new Set()).add(action));
  });
  for (const name of SAMPLE_NAMES) {
    world.put(aSample(name));
    await world.untilIdle();
  }
  pipeline.update(loggingOf(false, 'audit'));
  await world.untilIdle();
  const gone = { clusterName: 'payments', nodegroupName: 'workers' };
  cloud.act({ account: MEMBER, region: REGION, action: 'eks:DeleteNodegroup', input: gone, by: ANNA });
  await world.untilIdle();
});

/** Allowed, and made by nobody here: each for a reason. */
const UNSEEN: Readonly<Record<string, string>> = {
  'dynamodb:DescribeStream': 'Lambda polls the stream.',
  'dynamodb:GetRecords': 'Lambda polls the stream.',
  'dynamodb:GetShardIterator': 'Lambda polls the stream.',
  'dynamodb:ListStreams': 'Lambda polls the stream.',
  'ec2:DescribeImages': 'No node group here has an image of its own.',
  'ec2:GetManagedPrefixListEntries': 'No security group here names a prefix list.',
  'inspector2:ListFindings': 'ECR asks Inspector in the name of whoever asks for findings.',
  'logs:CreateLogStream': 'Lambda writes the logs.',
  'logs:PutLogEvents': 'Lambda writes the logs.',
  'post-to-slack dynamodb:DeleteItem': 'No message that was resolved has to be told anew.',
  'post-to-slack sqs:ChangeMessageVisibility': 'Slack never asks for time here.',
  'announce-finding sqs:SendMessage': 'Lambda puts aside what the stream cannot deliver.',
  'sqs:DeleteMessage': 'Lambda polls the queue.',
  'sqs:GetQueueAttributes': 'Lambda polls the queue.',
  'sqs:ReceiveMessage': 'Lambda polls the queue.',
};

/** Those of the sweep: test/sweep/rights.test.ts. */
it.each(Object.keys(policies).filter((name) => (FUNCTION_NAMES as readonly string[]).includes(name)))(
  'S-01: %s makes no call that it may not make, and may make none that it never makes',
  (name) => {
    const calls = [...(made.get(name as FunctionName) ?? [])].sort();
    const allowed = actionsOf(policies[name]);
    expect(calls.filter((action) => !allowed.includes(action))).toEqual([]);
    const unused = allowed.filter((action) => !calls.includes(action));
    expect(unused.filter((action) => !(action in UNSEEN) && !(`${name} ${action}` in UNSEEN))).toEqual([]);
  },
);

it('every sample that is watched passes the derived patterns on its way', () => {
  const watched = watchedEvents(baseline.controls);
  const names = SAMPLE_NAMES.filter((name) => watched.has(name.replace('-', ':')));
  expect(names.filter((name) => !delivered.includes(aSample(name).id))).toEqual([]);
});
