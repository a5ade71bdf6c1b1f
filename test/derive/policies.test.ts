import { globSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { expect, it } from 'vitest';
import { CATALOGUE } from '../../shared/controls/catalogue.ts';
import type { AnyControl } from '../../shared/controls/define-control.ts';
import { listsOf, looksOf, readsOf } from '../../shared/controls/reads.ts';
import {
  functionPolicies,
  MOST_CHARACTERS,
  type Policy,
  readPolicy,
  sizeOf,
  sweepMachinePolicy,
  sweepSchedulePolicy,
  writePolicy,
} from '../../shared/derive/policies.ts';
import { TEMPLATE_SITE } from '../../shared/derive/site.ts';
import { KINDS } from '../../shared/resources/kinds.ts';
import { aBaseline } from '../support/a-baseline.ts';
import IAM_ACTIONS from '../support/iam-actions.json' with { type: 'json' };
import { SAMPLE_CONTROLS } from '../support/sample-catalogue.ts';
import { actionsOf, allows, aSite } from '../support/sites.ts';

const READ_ONLY = ['Read', 'List'];
/** What a sweep asks beside what it lists and looks at. */
const SWEEPS = ['cloudtrail:LookupEvents', 'ec2:DescribeRegions'];
const known: Readonly<Record<string, { access: string; scoped: boolean }>> = IAM_ACTIONS;
const site = aSite();

/** Asks for every facet of every kind that is judged. */
const [logging] = SAMPLE_CONTROLS;
const everything = {
  ...logging,
  id: 'everything',
  resources: KINDS.filter(({ judged, base }) => judged !== 'sighting' && base),
  needs: KINDS.flatMap(({ facets }) => Object.keys(facets)),
} as unknown as AnyControl;
const fixing = CATALOGUE.filter(({ remediation }) => remediation);
const members = Array.from({ length: 50 }, (_, at) => String(444_455_550_000 + at));

const most = { ...aBaseline([...CATALOGUE, everything], { mode: 'remediate' }), accounts: members };
const observed = aBaseline(CATALOGUE);
const evaluator = (controls: readonly AnyControl[]) =>
  actionsOf(functionPolicies(aBaseline(controls), site)['evaluate-resource']);
const statementsOf = (policies: Record<string, Policy>) =>
  Object.values(policies).flatMap(({ Statement }) => Statement);
const oursOf = (actions: readonly string[]) =>
  actions.filter((action) => !/^(?:dynamodb|sqs|logs:[CP]|sts)/.test(action));
const isFirstOf = (action: string, at: number, all: readonly string[]) => all.indexOf(action) === at;
const usesOf = (controls: readonly AnyControl[]): string[] =>
  [...new Set<string>(controls.flatMap(({ remediation }) => remediation?.uses ?? []))].sort();

it('S-03: the evaluator may only read in accounts', () => {
  const actions = oursOf(actionsOf(functionPolicies(most, site)['evaluate-resource']));
  expect(actions).toEqual(looksOf(most.controls));
  expect(actions.map((action) => known[action]?.access)).toEqual(actions.map(() => expect.toBeOneOf(READ_ONLY)));
  const listed = [...new Set([...actions, ...listsOf(most.controls), ...SWEEPS])].sort();
  expect(actionsOf(readPolicy({ ...most, fixed: [] }, site))).toEqual(listed);
});

it('S-03: the sweep may look at and list things in accounts, and change none', () => {
  const policies = functionPolicies(most, site);
  const [list, sweep, close] = ['list-scopes', 'sweep-scope', 'close-sweep'].map((name) => actionsOf(policies[name]));
  const audited = oursOf(sweep ?? []);
  expect(audited).toEqual([...new Set([...looksOf(most.controls), ...listsOf(most.controls), ...SWEEPS])].sort());
  expect(audited.map((action) => known[action]?.access)).toEqual(audited.map(() => expect.toBeOneOf(READ_ONLY)));
  expect([oursOf(list ?? []), oursOf(close ?? [])]).toEqual([
    ['s3:PutObject'],
    ['s3:GetObject', 's3:PutObject', 'sns:Publish'],
  ]);
});

it('only where something may be fixed does the sweep ask for fixes', () => {
  const asked = (baseline: typeof most) =>
    functionPolicies(baseline, site)['sweep-scope']?.Statement.find(({ Sid }) => Sid === 'SendMessages')?.Resource;
  expect([asked({ ...most, fixed: [] }), asked(most)]).toEqual([
    [site.queues.rechecks],
    [site.queues.rechecks, site.queues.fixes],
  ]);
});

it('the schedule may start the sweep, and its machine its functions and children, and nothing else', () => {
  const { machine, executions, bucket } = site.sweep;
  expect(sweepSchedulePolicy(site).Statement).toEqual([
    { Sid: 'StartSweep', Effect: 'Allow', Action: ['states:StartExecution'], Resource: [machine] },
  ]);
  expect(sweepMachinePolicy(site).Statement.map(({ Action, Resource }) => [Action, Resource])).toEqual([
    [['lambda:InvokeFunction'], ['list-scopes', 'sweep-scope', 'close-sweep'].map((name) => site.functionArn(name))],
    [['s3:GetObject'], [`${bucket}/sweeps/*`]],
    [['states:StartExecution'], [machine]],
    [
      ['states:DescribeExecution', 'states:StopExecution'],
      [`${executions}:*`, `${executions}/*`],
    ],
  ]);
});

it('S-01: every action that is allowed is in the list of those that IAM knows, and all of that list are ours', () => {
  const all = [
    ...statementsOf(functionPolicies(most, site)),
    ...(writePolicy({ fixed: [destroying] }, site)?.Statement ?? []),
  ];
  const used = new Set(all.flatMap(({ Action }) => Action));
  const unused = ['ecr:SetRepositoryPolicy'];
  expect([...used].filter((action) => known[action] === undefined)).toEqual([]);
  expect(Object.keys(known).filter((action) => !used.has(action) && !unused.includes(action))).toEqual([]);
});

const destroying = {
  ...logging,
  remediation: { risk: 'None.', uses: ['ecr:DeleteRepositoryPolicy'], plan: () => [] },
} as unknown as AnyControl;

it('S-02: nothing is allowed by a star, and everywhere only what IAM cannot scope', () => {
  const statements = statementsOf(functionPolicies(most, site));
  expect(statements.flatMap(({ Action }) => Action).filter((action) => action.includes('*'))).toEqual([]);
  const everywhere = statements.filter(({ Resource }) => Resource.includes('*')).flatMap(({ Action }) => Action);
  const unscoped = Object.keys(known).filter((action) => known[action]?.scoped === false);
  expect([...new Set(everywhere)].sort()).toEqual(unscoped);
  expect(everywhere.map((action) => known[action]?.access)).toEqual(everywhere.map(() => expect.toBeOneOf(READ_ONLY)));
});

it('S-04: where nothing may be fixed there is neither a remediator nor a role that writes', () => {
  expect(Object.keys(functionPolicies(observed, site))).not.toContain('remediate-finding');
  expect(writePolicy(observed, site)).toBeUndefined();
});

it.each(['approve', 'remediate'] as const)(
  'in mode %s the remediator may write exactly what its controls use',
  (mode) => {
    const baseline = aBaseline(fixing, { mode });
    const actions = oursOf(actionsOf(functionPolicies(baseline, site)['remediate-finding']));
    const writes = actions.filter((action) => !READ_ONLY.includes(known[action]?.access ?? ''));
    expect(writes).toEqual(usesOf(fixing));
    expect(actionsOf(writePolicy(baseline, site))).toEqual(usesOf(fixing));
    const reads = [...readsOf(fixing), 'eks:DescribeUpdate', 'ssm:GetParameter'].sort();
    expect(actions.filter((action) => !writes.includes(action))).toEqual(reads);
  },
);

it('a role that is read through lets a fix be followed there, where anything is fixed that has updates', () => {
  const baseline = aBaseline(fixing, { mode: 'remediate' });
  expect(actionsOf(readPolicy(baseline, site))).toEqual(
    [...looksOf(fixing), ...listsOf(fixing), ...SWEEPS, 'eks:DescribeUpdate'].sort().filter(isFirstOf),
  );
  expect(actionsOf(readPolicy({ ...baseline, fixed: [destroying] }, site))).not.toContain('eks:DescribeUpdate');
});

it("who reads an image's findings may list those of Inspector, which ECR asks for in the caller's name", () => {
  const images = CATALOGUE.filter(({ id }) => id === 'image-vulnerabilities');
  expect(oursOf(evaluator(images))).toContain('inspector2:ListFindings');
  expect(oursOf(evaluator(CATALOGUE.filter((control) => !images.includes(control))))).not.toContain(
    'inspector2:ListFindings',
  );
});

it('a remediator of what has no updates may not follow any', () => {
  const baseline = { ...aBaseline([destroying], { mode: 'remediate' }) };
  expect(actionsOf(functionPolicies(baseline, site)['remediate-finding'])).not.toContain('eks:DescribeUpdate');
});

it.each(CATALOGUE.map(({ id }) => id))('without %s there is no right that only it needed', (id) => {
  const rest = CATALOGUE.filter((control) => control.id !== id);
  expect(oursOf(evaluator(rest))).toEqual(looksOf(rest));
  const fixed = { ...observed, controls: rest, fixed: rest };
  expect(actionsOf(writePolicy(fixed, site))).toEqual(usesOf(rest));
});

it('a baseline without controls reads nothing', () => {
  expect(oursOf(evaluator([]))).toEqual([]);
  expect(readPolicy({ controls: [], fixed: [] }, site)).toBeUndefined();
});

it('each function that is deployed has its policy', () => {
  const functions = globSync('functions/**/index.ts').map((path) => basename(dirname(path)));
  expect(Object.keys(functionPolicies(most, site)).sort()).toEqual(functions.sort());
});

it('the policies of each role fit into what IAM takes', () => {
  const policies = { ...functionPolicies(most, aSite('aws-us-gov')), fix: writePolicy(most, aSite('aws-us-gov')) };
  const sizes = Object.values(policies).map((policy) => (policy ? sizeOf(policy) : 0));
  expect(Math.max(...sizes)).toBeLessThan(MOST_CHARACTERS);
});

it('statements of one policy have names of their own, in letters and digits', () => {
  const policies = Object.values(functionPolicies(most, site));
  const names = policies.map(({ Statement }) => Statement.map(({ Sid }) => Sid));
  expect(names.map((sids) => new Set(sids).size)).toEqual(names.map(({ length }) => length));
  expect(names.flat().filter((sid) => !/^[A-Za-z0-9]+$/.test(sid))).toEqual([]);
});

it.each(['aws', 'aws-us-gov', 'aws-cn'] as const)('in %s every ARN is of that partition', (partition) => {
  const resources = statementsOf(functionPolicies(most, aSite(partition))).flatMap(({ Resource }) => Resource);
  const arns = resources.filter((arn) => arn !== '*');
  expect(new Set(arns.map((arn) => arn.split(':').slice(0, 2).join(':')))).toEqual(new Set([`arn:${partition}`]));
});

it('in a template no partition, account or region stands as it is', () => {
  const json = JSON.stringify(
    statementsOf(functionPolicies(aBaseline([everything], { mode: 'remediate' }), TEMPLATE_SITE)),
  );
  expect(json.match(/arn:aws|\d{12}|[a-z]+-[a-z]+-\d/g)).toBeNull();
});

const role = (account: string, name: string) => `arn:aws:iam::${account}:role/${name}`;

it('other accounts are entered only where they are watched, by name, and to fix only by the remediator', () => {
  const baseline = { ...aBaseline(fixing, { mode: 'remediate' }), accounts: ['111122223333', '444455556666'] };
  const { 'evaluate-resource': reading, 'remediate-finding': writing } = functionPolicies(baseline, site);
  const entered = [reading, writing].map((policy) => policy?.Statement.filter(({ Sid }) => Sid === 'EnterAccounts'));
  const statement = (...Resource: string[]) => [
    { Sid: 'EnterAccounts', Effect: 'Allow', Action: ['sts:AssumeRole'], Resource },
  ];
  expect(entered).toEqual([
    statement(role('444455556666', 'eks-warden-read')),
    statement(role('444455556666', 'eks-warden-read'), role('444455556666', 'eks-warden-fix')),
  ]);
  expect(evaluator(CATALOGUE)).not.toContain('sts:AssumeRole');
});

it('more accounts than fit are entered by the names of their roles alone', () => {
  const accounts = [...members, '444455556666'];
  const policies = functionPolicies({ ...observed, accounts }, site);
  const entered = policies['evaluate-resource']?.Statement.filter(({ Sid }) => Sid === 'EnterAccounts');
  expect(entered?.flatMap(({ Resource }) => Resource)).toEqual([role('*', 'eks-warden-read')]);
});

it.each([
  ['eks:DescribeCluster', 'arn:aws:eks:us-east-2:111122223333:cluster/payments', true],
  ['eks:DescribeCluster', 'arn:aws:eks:us-east-2:444455556666:cluster/payments', false],
  ['eks:DescribeCluster', 'arn:aws:eks:us-east-2:111122223333:nodegroup/payments/workers/1a', false],
  ['eks:DescribeNodegroup', 'arn:aws:eks:us-east-2:111122223333:nodegroup/payments/workers/1a', true],
  ['eks:UpdateClusterConfig', 'arn:aws:eks:us-east-2:111122223333:cluster/payments', false],
  ['iam:GetRole', 'arn:aws:iam::111122223333:role/team/payments', true],
  ['iam:GetRole', 'arn:aws:iam::111122223333:policy/team/payments', false],
  ['iam:GetPolicyVersion', 'arn:aws:iam::111122223333:policy/team/payments', true],
  ['ecr:GetRepositoryPolicy', 'arn:aws:ecr:eu-west-1:111122223333:repository/team/api', true],
  ['kms:DescribeKey', 'arn:aws:kms:eu-west-1:444455556666:key/1', true],
  ['logs:DescribeLogGroups', 'arn:aws:logs:eu-west-1:111122223333:log-group::log-stream:', true],
  ['cloudtrail:GetTrailStatus', 'arn:aws:cloudtrail:us-east-1:444455556666:trail/organisation', true],
  ['ec2:GetManagedPrefixListEntries', 'arn:aws:ec2:eu-west-1:aws:prefix-list/pl-1', true],
  ['ec2:DescribeVpcAttribute', 'arn:aws:ec2:eu-west-1:444455556666:vpc/vpc-1', true],
  ['ec2:DescribeVpcs', '*', true],
])('the evaluator and %s on %s: %s', (action, arn, allowed) => {
  const policy = functionPolicies(most, site)['evaluate-resource'];
  expect(policy && allows(policy, action, arn)).toBe(allowed);
});
