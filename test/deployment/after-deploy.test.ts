import { expect, it } from 'vitest';
import { readDeployment } from '../../shared/deployment/deploy-file.ts';
import { markOfLast, sweepMark } from '../../shared/deployment/first-sweep.ts';
import { chosenTable, tableAlone } from '../../shared/deployment/kept-table.ts';
import { otherAccountsText } from '../../shared/deployment/other-accounts.ts';
import { type Outcome, outcomeText } from '../../shared/deployment/outcome-text.ts';
import { keptOf } from '../../shared/deployment/remove.ts';
import { UserMistake } from '../../shared/runtime/errors.ts';

const DEPLOYMENT = readDeployment('region: eu-west-1\nemail: security@example.org\n', 'deploy.yml');
const OUTCOME: Outcome = {
  deployment: DEPLOYMENT,
  account: '111122223333',
  hub: 'created',
  resources: 79,
  table: undefined,
  collectors: [{ region: 'us-east-1', outcome: 'created' }],
  reach: { watched: ['eu-west-1', 'us-east-1'], blind: ['eu-west-2'], notEnabled: [] },
  mailConfirmed: false,
  swept: true,
  others: [],
};

it('tells what was made, what is watched and blind, and that the mail must be confirmed', () => {
  expect(outcomeText(OUTCOME)).toEqual([
    'Hub: stack eks-warden in eu-west-1, account 111122223333: created, 79 resources.',
    'Collector: stack eks-warden-collector in us-east-1: created.',
    'Watched: eu-west-1, us-east-1.',
    'Blind: eu-west-2. Add those where clusters may run to regions in deploy.yml.',
    'Slack: not set up (slackSecret in deploy.yml).',
    'Mail: security@example.org has still to confirm the subscription in the message from AWS Notifications; until then nothing is mailed.',
    'Sweep: started. The first one of an account and region makes one summary; after that only changes are told.',
    'Next: npx eks-warden doctor, then npx eks-warden notify --test',
  ]);
});

it('says that nothing was done where nothing had changed', () => {
  const same = outcomeText({
    ...OUTCOME,
    hub: 'unchanged',
    collectors: [{ region: 'us-east-1', outcome: 'unchanged' }],
    mailConfirmed: true,
    swept: false,
  });
  expect([same[0], ...same.slice(-3)]).toEqual([
    'Nothing had changed, and nothing was done.',
    'Mail: security@example.org is confirmed.',
    'Sweep: none started, what is looked for is the same; the next is at 02:30 UTC.',
    'Next: npx eks-warden doctor, then npx eks-warden notify --test',
  ]);
});

it('prints for other accounts what is to be run there', () => {
  const deployment = { ...DEPLOYMENT, rolePath: '/security/', externalId: 'known-to-both' };
  const text = otherAccountsText({
    deployment,
    account: '111122223333',
    others: ['444455556666'],
    hubBus: 'arn:aws:events:eu-west-1:111122223333:event-bus/eks-warden-events',
    templates: { members: '.build/members.yml', collector: '.build/collector.yml' },
  });
  expect(text).toEqual([
    'Other accounts (444455556666): run this in each, once. For a whole organisation: docs/many-accounts.md',
    '  aws cloudformation deploy --capabilities CAPABILITY_NAMED_IAM \\',
    '    --stack-name eks-warden-roles --template-file .build/members.yml \\',
    '    --parameter-overrides HubAccount=111122223333 HubName=eks-warden ExternalId=known-to-both RolePath=/security/',
    '  for region in eu-west-1 us-east-1; do',
    '    aws cloudformation deploy --region "$region" --capabilities CAPABILITY_IAM \\',
    '      --stack-name eks-warden-collector --template-file .build/collector.yml \\',
    '      --parameter-overrides HubBus=arn:aws:events:eu-west-1:111122223333:event-bus/eks-warden-events RolePath=/security/',
    '  done',
  ]);
});

it('a sweep follows a deployment that looks for something else than the last one did', () => {
  const one = sweepMark({ controls: ['a'] });
  const arn = (name: string) => `arn:aws:states:eu-west-1:111122223333:execution:sweep:${name}`;
  const executions = [
    { arn: arn(`deployment-${one}-m1`), startedAt: 1 },
    { arn: arn('deployment-0123456789abcdef-m2'), startedAt: 3 },
    { arn: arn('nightly'), startedAt: 4 },
  ];
  expect({
    other: sweepMark({ controls: ['b'] }) === one,
    last: markOfLast(executions),
    none: markOfLast([]),
  }).toEqual({ other: false, last: '0123456789abcdef', none: undefined });
});

it.each([
  [[], undefined, undefined],
  [['a'], undefined, 'a'],
  [['a', 'b'], 'b', 'b'],
  [['a', 'b'], 'new', undefined],
])('of the kept tables %j, asked for %s, it takes back %s', (kept, asked, table) => {
  expect(chosenTable(kept, asked)).toBe(table);
});

it('of several kept tables it takes none by itself, nor one that is not there', () => {
  expect(() => chosenTable(['a', 'b'], undefined)).toThrow(
    new UserMistake(
      'Nothing was deployed. Earlier deployments left several tables: a, b. Name the one to take back, npm run deploy -- --table NAME, or none, --table new.',
    ),
  );
  expect(() => chosenTable(['a'], 'c')).toThrow(
    new UserMistake('Nothing was deployed. There is no kept table c: there are a.'),
  );
});

it('what is imported is the table of the packaged template alone, retained', () => {
  const packaged = {
    AWSTemplateFormatVersion: '2010-09-09',
    Resources: {
      FindingsTable: { Type: 'AWS::DynamoDB::Table', DeletionPolicy: 'Delete', Properties: { BillingMode: 'X' } },
      ChangesQueue: { Type: 'AWS::SQS::Queue' },
    },
  };
  expect(tableAlone(JSON.stringify(packaged))).toEqual({
    AWSTemplateFormatVersion: '2010-09-09',
    Resources: {
      FindingsTable: { Type: 'AWS::DynamoDB::Table', DeletionPolicy: 'Retain', Properties: { BillingMode: 'X' } },
    },
  });
});

it('G-01: what stays after a removal is what the template retains', () => {
  const resources = [
    { logicalId: 'FindingsTable', type: 'AWS::DynamoDB::Table', physicalId: 'eks-warden-FindingsTable-A' },
    { logicalId: 'ChangesQueue', type: 'AWS::SQS::Queue', physicalId: 'changes' },
  ];
  const template =
    'Resources:\n  FindingsTable: { DeletionPolicy: Retain }\n  ChangesQueue: { Type: AWS::SQS::Queue }\n';
  expect(keptOf(template, resources)).toEqual([resources[0]]);
});
