import { expect, it } from 'vitest';
import { loadBaseline } from '../../shared/baseline/load.ts';
import { functionPolicies } from '../../shared/derive/policies.ts';
import { namesOf } from '../support/cloud/audited/index.ts';
import { anEstate } from '../support/estate.ts';
import { fromSource } from '../support/from-source.ts';
import {
  ALL,
  ANNA,
  aBaselineFile,
  aPipeline,
  HUB,
  LOGGING,
  MEMBER,
  PAYMENTS,
  type Pipeline,
  REGION,
  START,
} from '../support/pipeline.ts';
import { actionsOf, aSite } from '../support/sites.ts';
import { aSweeper } from '../support/sweep.ts';

const { baseline } = loadBaseline(aBaselineFile({ ...ALL, [LOGGING]: 'remediate' }), 'baseline.yml', START);
const OWN = ['dynamodb', 'sqs', 'sns', 'states'];
/** Made by nobody here: Lambda writes the logs, ECR asks Inspector, the bucket is in memory, and the hub's own region is enabled. */
const UNSEEN = [
  'logs:CreateLogStream',
  'logs:PutLogEvents',
  'inspector2:ListFindings',
  's3:GetObject',
  's3:PutObject',
  'ec2:DescribeRegions',
];

/** Roles of AWS's services are in no listing: one that an event told of is read by itself, as one that is made during the sweep. */
async function serviceRoleIsKnown({ cloud, world }: Pipeline): Promise<void> {
  const names = namesOf(MEMBER, REGION);
  const RoleName = 'AWSServiceRoleForSample';
  const { iam } = cloud.account(MEMBER);
  const Arn = names.arn('iam', 'policy/sample');
  const role = { ...iam.roles?.[names.appRole], RoleName, Path: '/aws-service-role/sample.amazonaws.com/' };
  cloud.change(MEMBER, {
    iam: {
      roles: { [RoleName]: role },
      attachedPolicies: { [RoleName]: [Arn] },
      policies: { [Arn]: { ...iam.policies?.[names.appPolicy], Arn, PolicyName: 'sample' } },
      policyVersions: { [Arn]: iam.policyVersions?.[names.appPolicy] },
    },
  });
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [] });
  const input = { RoleName, PolicyName: 'inline', PolicyDocument };
  cloud.act({ account: MEMBER, region: REGION, action: 'iam:PutRolePolicy', input, by: ANNA });
  await world.untilIdle();
}

it('S-01: the functions of the sweep make the calls that they may make, and no others', async () => {
  await using pipeline = await aPipeline({ handlers: fromSource(baseline), audited: anEstate(MEMBER, REGION) });
  const { world, cloud } = pipeline;
  const sweeper = aSweeper(pipeline, baseline);
  await serviceRoleIsKnown(pipeline);
  const made = new Map<string, Set<string>>();
  let running: string | undefined;
  world.on((step) => {
    if (step.step !== 'call' || running === undefined) return;
    const { service, operation } = step.call;
    const action = OWN.includes(service) ? `${service}:${operation}` : (cloud.calls().at(-1)?.action ?? service);
    made.set(running, (made.get(running) ?? new Set()).add(action));
  });
  const as = async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    running = name;
    const done = await work();
    running = undefined;
    return done;
  };
  for (const run of ['one', 'two', 'three']) {
    const listed = await as('list-scopes', () => sweeper.list(run));
    for (const region of [REGION, 'global']) {
      await as('sweep-scope', () => sweeper.sweep(run, { account: MEMBER, region }));
    }
    await as('close-sweep', () => sweeper.close(listed));
    await world.untilIdle();
    await world.advance(86_400_000);
    const logging = run === 'one' ? { logging: { clusterLogging: [] } } : null;
    cloud.change(MEMBER, { regions: { [REGION]: { clusters: { [PAYMENTS.id]: logging } } } });
  }
  const policies = functionPolicies(baseline, { ...aSite(), account: HUB });
  for (const name of ['list-scopes', 'sweep-scope', 'close-sweep']) {
    const allowed = actionsOf(policies[name]);
    const calls = [...(made.get(name) ?? [])].sort();
    expect(calls.filter((action) => !allowed.includes(action))).toEqual([]);
    expect([name, allowed.filter((action) => !calls.includes(action) && !UNSEEN.includes(action))]).toEqual([name, []]);
  }
});
