import type { ReadAction } from '../aws/actions.ts';
import { ROLES } from '../aws/entry.ts';
import { arnOf, roleArnOf } from '../aws/partition.ts';
import type { Baseline } from '../baseline/baseline.ts';
import { listsOf, looksOf, readsOf } from '../controls/reads.ts';
import { type Statement, statementsFor } from './action-scopes.ts';
import type { Site } from './site.ts';

/** What IAM takes of inline policies for one role (JSON without white space). */
export const MOST_CHARACTERS = 10_240;
/** More accounts than this are not named one by one: the names of the roles, their external id and our own registry still hold. */
const MOST_NAMED = 50;

export interface Policy {
  Version: '2012-10-17';
  Statement: readonly Statement[];
}

type Wanted = Pick<Baseline, 'controls' | 'fixed' | 'accounts'> & {
  remediation: Pick<Baseline['remediation'], 'killSwitch'>;
};

/** What judging, sweeping and following a fix need in a watched account: the role `eks-warden-read` there. */
export function readPolicy({ controls, fixed }: Pick<Wanted, 'controls' | 'fixed'>, site: Site): Policy | undefined {
  return policyOf(statementsFor('Read', [...sweepsOf(controls), ...followsOf(fixed)], site));
}

/** What fixing needs in a watched account: exactly the `uses` of the controls that may be fixed. Undefined: nothing may write, and no such role exists. */
export function writePolicy({ fixed }: Pick<Wanted, 'fixed'>, site: Site): Policy | undefined {
  return policyOf(fixStatements({ fixed }, site));
}

/** The policy of every function's own role, by function; the remediator has one only where something may be fixed. */
export function functionPolicies(wanted: Wanted, site: Site): Record<string, Policy> {
  const { queues, table, topic, slackSecret } = site;
  const own: Record<string, Statement[]> = {
    'announce-finding': [
      allow('ReadStream', STREAM, site.stream),
      tableRights(table, 'GetItem', 'PutItem', 'Query'),
      allow('SendMessages', ['sqs:SendMessage'], queues.undelivered),
      allow('Publish', ['sns:Publish'], topic),
    ],
    'evaluate-resource': [
      ...consuming(queues.rechecks),
      tableRights(table, 'DeleteItem', 'GetItem', 'PutItem', 'Query'),
      allow('SendMessages', ['sqs:SendMessage'], queues.rechecks),
      ...statementsFor('Read', looksOf(wanted.controls), site),
      ...entering(wanted, site, 'read'),
    ],
    'locate-change': [
      ...consuming(queues.changes),
      tableRights(table, 'GetItem', 'Query'),
      allow('SendMessages', ['sqs:SendMessage'], queues.rechecks),
      allow('StartSweep', ['states:StartExecution'], site.sweep.machine),
    ],
    'post-to-slack': [
      ...consuming(queues.slack, 'sqs:ChangeMessageVisibility'),
      tableRights(table, 'DeleteItem', 'GetItem', 'PutItem'),
      allow('ReadSecret', ['secretsmanager:GetSecretValue'], slackSecret),
    ],
    ...sweeping(wanted, site),
    ...(wanted.fixed.length > 0 ? { 'remediate-finding': remediating(wanted, site) } : {}),
  };
  const withLogs = Object.entries(own).map(([name, statements]): [string, Policy] => {
    const log = allow('WriteLogs', ['logs:CreateLogStream', 'logs:PutLogEvents'], site.logGroup(name));
    return [name, { Version: '2012-10-17', Statement: [...statements, log] }];
  });
  return Object.fromEntries(withLogs);
}

/** What the state machine of the sweep may do; to start its own children it must be allowed to start itself. */
export function sweepMachinePolicy(site: Site): Policy {
  const { machine, executions, bucket } = site.sweep;
  const functions = ['list-scopes', 'sweep-scope', 'close-sweep'].map((name) => site.functionArn(name));
  return {
    Version: '2012-10-17',
    Statement: [
      allow('RunFunctions', ['lambda:InvokeFunction'], ...functions),
      allow('ReadLists', ['s3:GetObject'], `${bucket}/sweeps/*`),
      allow('RunChildren', ['states:StartExecution'], machine),
      allow(
        'FollowChildren',
        ['states:DescribeExecution', 'states:StopExecution'],
        `${executions}:*`,
        `${executions}/*`,
      ),
    ],
  };
}

/** What may start the sweep: its schedule. */
export function sweepSchedulePolicy({ sweep }: Site): Policy {
  return { Version: '2012-10-17', Statement: [allow('StartSweep', ['states:StartExecution'], sweep.machine)] };
}

/** Characters as IAM counts them. */
export function sizeOf(policy: Policy): number {
  return JSON.stringify(policy).length;
}

const STREAM = [
  'dynamodb:DescribeStream',
  'dynamodb:GetRecords',
  'dynamodb:GetShardIterator',
  'dynamodb:ListStreams',
] as const;

/** The sweep looks as the evaluator does, and may list besides; it fixes nothing, and only asks for it where something may be fixed. */
function sweeping(wanted: Wanted, site: Site): Record<string, Statement[]> {
  const { queues, table, topic, sweep } = site;
  const lists = `${sweep.bucket}/sweeps/*`;
  const reports = `${sweep.bucket}/reports/*`;
  const asked = [queues.rechecks, ...(wanted.fixed.length > 0 ? [queues.fixes] : [])];
  return {
    'close-sweep': [
      tableRights(table, 'DeleteItem', 'GetItem', 'PutItem', 'Query'),
      allow('ReadIndex', ['dynamodb:Query'], `${table}/index/*`),
      allow('ReadLists', ['s3:GetObject'], lists, reports),
      allow('WriteReports', ['s3:PutObject'], reports),
      allow('Publish', ['sns:Publish'], topic),
    ],
    'list-scopes': [tableRights(table, 'GetItem', 'PutItem'), allow('WriteLists', ['s3:PutObject'], lists)],
    'sweep-scope': [
      tableRights(table, 'DeleteItem', 'GetItem', 'PutItem', 'Query'),
      allow('SendMessages', ['sqs:SendMessage'], ...asked),
      ...statementsFor('Read', sweepsOf(wanted.controls), site),
      ...entering(wanted, site, 'read'),
    ],
  };
}

/** What a sweep reads: as a look does, and besides the lists, which regions there are, and who changed what no event told of. */
function sweepsOf(controls: Wanted['controls']): ReadAction[] {
  const lists = listsOf(controls);
  return [...looksOf(controls), ...lists, ...(lists.length > 0 ? BESIDES : [])];
}

const BESIDES: readonly ReadAction[] = ['cloudtrail:LookupEvents', 'ec2:DescribeRegions'];

function remediating(wanted: Wanted, site: Site): Statement[] {
  const { partition, region, account, queues, table } = site;
  const parameter = `parameter/${wanted.remediation.killSwitch.replace(/^\//, '')}`;
  const killSwitch = arnOf({ partition, service: 'ssm', region, account, resource: parameter });
  return [
    ...consuming(queues.fixes),
    tableRights(table, 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem'),
    allow('SendMessages', ['sqs:SendMessage'], queues.fixes, queues.rechecks),
    allow('ReadKillSwitch', ['ssm:GetParameter'], killSwitch),
    ...statementsFor('Read', [...readsOf(wanted.fixed), ...followsOf(wanted.fixed)], site),
    ...fixStatements(wanted, site),
    ...entering(wanted, site, 'read', 'fix'),
  ];
}

/** What EKS changes it answers with an update, which is followed to its end. */
function followsOf(fixed: Wanted['fixed']): ReadAction[] {
  const uses = fixed.flatMap(({ remediation }): readonly string[] => remediation?.uses ?? []);
  return uses.some((use) => use.startsWith('eks:')) ? ['eks:DescribeUpdate'] : [];
}

function fixStatements({ fixed }: Pick<Wanted, 'fixed'>, site: Site): Statement[] {
  return statementsFor(
    'Fix',
    fixed.flatMap(({ remediation }) => remediation?.uses ?? []),
    site,
  );
}

/** Nothing where only our own account is watched: that is entered without a role. */
function entering({ accounts }: Pick<Wanted, 'accounts'>, site: Site, ...ways: (keyof typeof ROLES)[]): Statement[] {
  const others = accounts.filter((account) => account !== site.account);
  if (others.length === 0) return [];
  const named = others.length > MOST_NAMED ? ['*'] : others;
  const arns = named.flatMap((account) =>
    ways.map((way) => roleArnOf(site.partition, account, ROLES[way], site.rolePath)),
  );
  return [allow('EnterAccounts', ['sts:AssumeRole'], ...arns)];
}

function consuming(queue: string, ...more: string[]): Statement[] {
  return [
    allow('ConsumeMessages', ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage', ...more], queue),
  ];
}

function tableRights(table: string, ...operations: string[]): Statement {
  return allow(
    'UseTable',
    operations.map((operation) => `dynamodb:${operation}`),
    table,
  );
}

function allow(Sid: string, Action: readonly string[], ...Resource: string[]): Statement {
  return { Sid, Effect: 'Allow', Action, Resource };
}

function policyOf(Statement: readonly Statement[]): Policy | undefined {
  return Statement.length === 0 ? undefined : { Version: '2012-10-17', Statement };
}
