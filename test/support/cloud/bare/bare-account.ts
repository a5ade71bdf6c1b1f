import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Ran, runCommand } from '../../run-command.ts';
import { localServer, signedRequest } from '../own/server.ts';
import type { SignedRequest, WireAnswer } from '../own/wire.ts';

/** What an account in which nothing of ours stands answers; a text with a code in front is an error. */
export interface BareAccount {
  regions: string[];
  /** Stacks by name and region, with the logical ids of what they have. */
  stacks: Record<string, { status: string; has: string[] }>;
  tables: string[];
  concurrency: number;
  /** Regions in which the account's trail logs. */
  logging: string[];
  secret: string | undefined;
  denied: string[];
  /** Actions that whoever asks may not call. */
  refused: string[];
}

export interface Asking {
  account: BareAccount;
  folder: string;
  run(...args: string[]): Promise<Ran>;
  /** `npm run deploy -- …` */
  deploy(...args: string[]): Promise<Ran>;
  stop(): Promise<void>;
}

const DEPLOY = join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'deployment', 'main.ts');
const CALLER = 'arn:aws:sts::111122223333:assumed-role/platform/ana';
const trail = (region: string) => `arn:aws:cloudtrail:${region}:111122223333:trail/all`;

function answers(account: BareAccount, { region, path, body }: SignedRequest): Record<string, () => string | object> {
  const form = new URLSearchParams(body);
  const stackName = form.get('StackName') ?? '';
  const stack = account.stacks[`${stackName} ${region}`];
  const missing = () => `ValidationError: Stack with id ${stackName} does not exist`;
  const id = `arn:aws:cloudformation:${region}:111122223333:stack/${stackName}/1`;
  return {
    GetCallerIdentity: () =>
      `<GetCallerIdentityResult><Account>111122223333</Account><Arn>${CALLER}</Arn><UserId>A:ana</UserId></GetCallerIdentityResult>`,
    DescribeRegions: () =>
      `<regionInfo>${account.regions.map((each) => `<item><regionName>${each}</regionName></item>`).join('')}</regionInfo>`,
    DescribeStacks: () =>
      stack === undefined
        ? missing()
        : `<DescribeStacksResult><Stacks><member><StackId>${id}</StackId><StackName>${stackName}</StackName><StackStatus>${stack.status}</StackStatus><CreationTime>2026-11-20T10:00:00Z</CreationTime></member></Stacks></DescribeStacksResult>`,
    ListStackResources: () =>
      stack === undefined
        ? missing()
        : `<ListStackResourcesResult><StackResourceSummaries>${stack.has
            .map(
              (each) =>
                `<member><LogicalResourceId>${each}</LogicalResourceId><PhysicalResourceId>${each}-1</PhysicalResourceId><ResourceType>AWS::X::Y</ResourceType><ResourceStatus>CREATE_COMPLETE</ResourceStatus><LastUpdatedTimestamp>2026-11-20T10:00:00Z</LastUpdatedTimestamp></member>`,
            )
            .join('')}</StackResourceSummaries></ListStackResourcesResult>`,
    GetRole: () =>
      '<GetRoleResult><Role><Arn>arn:aws:iam::111122223333:role/team/platform</Arn></Role></GetRoleResult>',
    SimulatePrincipalPolicy: () =>
      `<SimulatePrincipalPolicyResult><EvaluationResults>${[...form]
        .filter(([key]) => key.startsWith('ActionNames.'))
        .map(
          ([, action]) =>
            `<member><EvalActionName>${action}</EvalActionName><EvalResourceName>*</EvalResourceName><EvalDecision>${account.denied.includes(action) ? 'implicitDeny' : 'allowed'}</EvalDecision></member>`,
        )
        .join('')}</EvaluationResults></SimulatePrincipalPolicyResult>`,
    GetAccountSettings: () => ({ AccountLimit: { UnreservedConcurrentExecutions: account.concurrency } }),
    ListTables: () => ({ TableNames: account.tables }),
    DescribeTrails: () => ({
      trailList: [{ Name: 'all', TrailARN: trail(region), HomeRegion: region, IsMultiRegionTrail: true }],
    }),
    GetTrailStatus: () => ({ IsLogging: account.logging.includes(region) }),
    GetEventSelectors: () => ({ EventSelectors: [{ IncludeManagementEvents: true, ReadWriteType: 'All' }], path }),
    GetSecretValue: () =>
      account.secret === undefined ? 'ResourceNotFoundException: none' : { SecretString: account.secret },
  };
}

function nameOf({ body, headers, path }: SignedRequest): string {
  const target = headers['x-amz-target']?.split('.').at(-1);
  if (target !== undefined) return target;
  return path.includes('account-settings') ? 'GetAccountSettings' : (new URLSearchParams(body).get('Action') ?? '');
}

function answered(account: BareAccount, request: SignedRequest): WireAnswer {
  const name = nameOf(request);
  const isXml = request.headers['x-amz-target'] === undefined && name !== 'GetAccountSettings';
  const value = account.refused.includes(name) ? 'AccessDenied: no' : answers(account, request)[name]?.();
  if (value === undefined) return { status: 404, headers: {}, body: name };
  const [, code, message] = /^(\w+): (.*)$/.exec(typeof value === 'string' ? value : '') ?? [];
  const status = code === undefined ? 200 : code === 'AccessDenied' ? 403 : 400;
  if (!isXml) {
    const headers = { 'content-type': 'application/x-amz-json-1.1' };
    return { status, headers, body: JSON.stringify(code === undefined ? value : { __type: code, message }) };
  }
  const error =
    request.service === 'ec2'
      ? `<Response><Errors><Error><Code>${code}</Code><Message>${message}</Message></Error></Errors></Response>`
      : `<ErrorResponse><Error><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`;
  const body = code === undefined ? `<${name}Response>${value}</${name}Response>` : error;
  return { status, headers: { 'content-type': 'text/xml' }, body };
}

/** An account in which nothing of ours stands yet and everything is in order, and a folder with both files. */
export async function aBareAccount(deploy: string): Promise<Asking> {
  const account: BareAccount = {
    regions: ['eu-central-1', 'eu-west-1', 'us-east-1'],
    stacks: {},
    tables: [],
    concurrency: 1000,
    logging: ['eu-west-1', 'us-east-1'],
    secret: undefined,
    denied: [],
    refused: [],
  };
  const server = await localServer(
    () => Date.now(),
    async (incoming, body) => {
      const request = signedRequest(incoming, body);
      return request === undefined ? { status: 400, headers: {}, body: '' } : answered(account, request);
    },
  );
  const folder = mkdtempSync(join(tmpdir(), 'eks-warden-'));
  writeFileSync(join(folder, 'baseline.yml'), 'catalogue: 1\ncontrols: { eks-control-plane-logging: notify }\n');
  writeFileSync(join(folder, 'deploy.yml'), deploy);
  const env = {
    AWS_ENDPOINT_URL: server.url,
    AWS_ACCESS_KEY_ID: 'sample',
    AWS_SECRET_ACCESS_KEY: 'sample',
    AWS_EC2_METADATA_DISABLED: 'true',
    HOME: folder,
  };
  const files = { EKS_WARDEN_BASELINE: join(folder, 'baseline.yml'), EKS_WARDEN_DEPLOY: join(folder, 'deploy.yml') };
  return {
    account,
    folder,
    run: (...args) => runCommand(args, { cwd: folder, env }),
    deploy: (...args) => runCommand(args, { cwd: folder, env: { ...env, ...files }, script: DEPLOY }),
    stop: server.stop,
  };
}
