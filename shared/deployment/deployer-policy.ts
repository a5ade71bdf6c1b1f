import { arnOf } from '../aws/partition.ts';
import { RIGHTS } from './deployer-rights.ts';
import type { Deployment } from './deployment.ts';
import type { Rights } from './rights.ts';

export interface DeployerStatement {
  Sid: string;
  Effect: 'Allow';
  Action: readonly string[];
  Resource: readonly string[];
  Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

export interface DeployerPolicy {
  Version: '2012-10-17';
  Statement: readonly DeployerStatement[];
}

/** Where a deployment is to stand, and the parts of its baseline that its template depends on. */
export interface Deploying {
  partition: string;
  account: string;
  deployment: Deployment;
  killSwitch: string;
  /** Something may be fixed: only then there is a kill switch. */
  fixes: boolean;
}

/** Who of AWS takes roles of ours: functions, the sweep, its schedule, and the rules of collectors. */
const TAKERS = ['lambda', 'states', 'scheduler', 'events'];

/** What `npm run deploy`, the checks before it, and removing again take; for exactly this deployment. */
export function deployerPolicy(deploying: Deploying): DeployerPolicy {
  const types = typesFor(deploying);
  const rights = [...ITSELF, ...types.flatMap((type) => RIGHTS[type] ?? [])];
  const merged = Map.groupBy(rights, (each) =>
    JSON.stringify([each.service, each.on, each.everywhere, each.condition]),
  );
  const statements = [...merged.values()].map((group) => statementOf(group, deploying));
  const counts = new Map<string, number>();
  const named = statements.map(({ Sid, ...statement }): DeployerStatement => {
    const count = (counts.get(Sid) ?? 0) + 1;
    counts.set(Sid, count);
    return { Sid: count === 1 ? Sid : `${Sid}${count}`, ...statement };
  });
  return {
    Version: '2012-10-17',
    Statement: [...named, passRoles(deploying), ...readSecret(deploying), ...network(deploying)],
  };
}

/** The types of resource that a template may have here; those of a key and a kill switch only where there is one. */
export function typesFor({ deployment, fixes }: Pick<Deploying, 'deployment' | 'fixes'>): string[] {
  const without = [...(deployment.kmsKey === undefined ? [] : KEY_TYPES), ...(fixes ? [] : ['AWS::SSM::Parameter'])];
  return Object.keys(RIGHTS).filter((type) => !without.includes(type));
}

const KEY_TYPES = ['AWS::KMS::Key'];

/** Deploying itself, and looking before it. */
const ITSELF: readonly Rights[] = [
  {
    service: 'cloudformation',
    actions: [
      ...['CreateChangeSet', 'CreateStack', 'DeleteChangeSet', 'DeleteStack', 'DescribeChangeSet'],
      ...['DescribeStackEvents', 'DescribeStackResource', 'DescribeStackResources', 'DescribeStacks'],
      ...['ExecuteChangeSet', 'GetTemplate', 'ListStackResources', 'UpdateStack'],
    ],
    on: ['stack/{name}/*', 'stack/{name}-collector/*'],
    everywhere: true,
  },
  { service: 'cloudformation', actions: ['ValidateTemplate'], on: ['*'] },
  { service: 'cloudtrail', actions: ['DescribeTrails'], on: ['*'] },
  { service: 'cloudtrail', actions: ['GetEventSelectors', 'GetTrailStatus'], on: ['trail/*'], everywhere: true },
  { service: 'dynamodb', actions: ['ListTables'], on: ['*'] },
  { service: 'ec2', actions: ['DescribeRegions'], on: ['*'] },
  { service: 'iam', actions: ['GetRole', 'SimulatePrincipalPolicy'], on: ['role/*', 'user/*'] },
  { service: 'lambda', actions: ['GetAccountSettings'], on: ['*'] },
];

function statementOf(group: readonly Rights[], deploying: Deploying): DeployerStatement {
  const [{ service, on, everywhere, condition } = { service: '', on: [] as readonly string[] }] = group as [Rights];
  const actions = [...new Set(group.flatMap((each) => each.actions))].sort();
  const region = everywhere ? '*' : deploying.deployment.region;
  return {
    Sid: service.charAt(0).toUpperCase() + service.slice(1),
    Effect: 'Allow',
    Action: actions.map((action) => `${service}:${action}`),
    Resource: on.map((resource) => (resource === '*' ? '*' : arnFor(service, resource, region, deploying))),
    ...(condition === undefined ? {} : { Condition: conditionFor(service, condition, region, deploying) }),
  };
}

function conditionFor(
  service: string,
  condition: NonNullable<Rights['condition']>,
  region: string,
  deploying: Deploying,
) {
  return Object.fromEntries(
    Object.entries(condition).map(([operator, keys]) => [
      operator,
      Object.fromEntries(Object.entries(keys).map(([key, value]) => [key, arnFor(service, value, region, deploying)])),
    ]),
  );
}

function arnFor(
  service: string,
  template: string,
  region: string,
  { partition, account, deployment, killSwitch }: Deploying,
) {
  const resource = template
    .replaceAll('{name}', deployment.name)
    .replaceAll('{path}', deployment.rolePath)
    .replaceAll('{killSwitch}', killSwitch);
  if (service === 's3') return arnOf({ partition, service, resource });
  if (service === 'iam') return arnOf({ partition, service, account, resource });
  // A trail of the organisation belongs to its management account.
  return arnOf({ partition, service, region, account: service === 'cloudtrail' ? '*' : account, resource });
}

/** No role of ours can be handed to anything but what it is for. */
function passRoles(deploying: Deploying): DeployerStatement {
  const roles = (RIGHTS['AWS::IAM::Role'] ?? []).flatMap(({ on }) => on);
  return {
    Sid: 'PassRoles',
    Effect: 'Allow',
    Action: ['iam:PassRole'],
    Resource: roles.map((role) => arnFor('iam', role, '', deploying)),
    Condition: { StringEquals: { 'iam:PassedToService': TAKERS.map((taker) => `${taker}.amazonaws.com`) } },
  };
}

/** To see before anything is deployed that it exists and has the right shape. */
function readSecret({ deployment: { slackSecret } }: Deploying): DeployerStatement[] {
  if (slackSecret === undefined) return [];
  return [{ Sid: 'ReadSecret', Effect: 'Allow', Action: ['secretsmanager:GetSecretValue'], Resource: [slackSecret] }];
}

/** EC2 does not know resources for what only describes. */
function network({ deployment: { vpc } }: Deploying): DeployerStatement[] {
  if (vpc === undefined) return [];
  const Action = ['ec2:DescribeSecurityGroups', 'ec2:DescribeSubnets', 'ec2:DescribeVpcs'];
  return [{ Sid: 'DescribeNetwork', Effect: 'Allow', Action, Resource: ['*'] }];
}
