import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { typesFor } from '../../shared/deployment/deployer-policy.ts';
import {
  FULL,
  type HubTemplate,
  type Json,
  packagedHub,
  SHIPPED,
  serverless,
  settingsFrom,
  written,
} from '../support/hub-template.ts';
import { idIn, ofType, type PolicyStatement, resourcePolicies, textsOf } from '../support/template-queries.ts';

const ARTIFACTS = join(import.meta.dirname, '..', '..', '.build', 'artifacts');

let server: Server;
let aws: string;
const asked: string[] = [];
let shipped: HubTemplate;
let again: HubTemplate;
let full: HubTemplate;
const zips: string[][] = [];

beforeAll(async () => {
  server = createServer(({ method, url }, answer) => {
    asked.push(`${method} ${url}`);
    answer.writeHead(500).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  aws = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  shipped = await packagedHub(SHIPPED, aws);
  zips.push(hashes());
  full = await packagedHub(FULL, aws);
  again = await packagedHub(SHIPPED, aws, { TZ: 'Asia/Tokyo' });
  zips.push(hashes());
}, 300_000);
afterAll(() => new Promise((resolve) => server.close(resolve)));

function hashes(): string[] {
  const files = readdirSync(ARTIFACTS).filter((file) => file.endsWith('.zip'));
  return files.sort().map(
    (file) =>
      `${file} ${createHash('sha256')
        .update(readFileSync(join(ARTIFACTS, file)))
        .digest('hex')}`,
  );
}

it('is packaged without asking AWS anything', () => {
  expect(asked).toEqual([]);
});

it('G-04: two runs write the same template and the same archives to the byte', () => {
  expect(again.text === shipped.text).toBe(true);
  expect(zips[1]).toEqual(zips[0]);
});

it('C-05: every function runs on Node 24', () => {
  const runtimes = ofType(full.Resources, 'AWS::Lambda::Function').map(([, { Runtime }]) => Runtime);
  expect(runtimes.length).toBeGreaterThan(0);
  expect([...new Set(runtimes)]).toEqual(['nodejs24.x']);
});

it('C-04: few resources and rules, and a bound on how many of a function run at once', () => {
  const mappings = [...mappingsOf(shipped), ...mappingsOf(full)];
  const unbounded = mappings.filter(([, { ScalingConfig, StartingPosition }]) => !ScalingConfig && !StartingPosition);
  expect(unbounded).toEqual([]);
  for (const { Resources } of [shipped, full]) {
    expect(Object.keys(Resources).length).toBeLessThanOrEqual(200);
    expect(ofType(Resources, 'AWS::Events::Rule').length).toBeLessThanOrEqual(10);
    const reserved = ofType(Resources, 'AWS::Lambda::Function').filter(([, each]) => each.ReservedConcurrentExecutions);
    expect(reserved).toEqual([]);
  }
});

function mappingsOf({ Resources }: HubTemplate): [string, Json][] {
  return ofType(Resources, 'AWS::Lambda::EventSourceMapping');
}

it('B-08: each queue that a function works on gives back single messages, tries a few times and sets aside', () => {
  for (const { Resources } of [shipped, full]) {
    const sources = ofType(Resources, 'AWS::Lambda::EventSourceMapping').filter(([, each]) => !each.StartingPosition);
    const told = sources.map(([, mapping]) => {
      const queue = Resources[idIn(mapping.EventSourceArn)]?.Properties ?? {};
      const { Timeout = 0 } = Resources[idIn(mapping.FunctionName)]?.Properties ?? {};
      const { maxReceiveCount, deadLetterTargetArn } = queue.RedrivePolicy as Json;
      return {
        queue: idIn(mapping.EventSourceArn),
        partial: mapping.FunctionResponseTypes,
        enoughTime:
          Number(queue.VisibilityTimeout) >= 6 * Number(Timeout) + Number(mapping.MaximumBatchingWindowInSeconds ?? 0),
        fewTries: Number(maxReceiveCount) >= 3 && Number(maxReceiveCount) <= 10,
        setsAside: Resources[idIn(deadLetterTargetArn)]?.Type,
      };
    });
    const right = {
      partial: ['ReportBatchItemFailures'],
      enoughTime: true,
      fewTries: true,
      setsAside: 'AWS::SQS::Queue',
    };
    const queues = ofType(Resources, 'AWS::SQS::Queue')
      .filter(([, each]) => each.RedrivePolicy)
      .map(([id]) => id);
    expect(told.sort((a, b) => (a.queue < b.queue ? -1 : 1))).toEqual(
      queues.sort().map((queue) => ({ queue, ...right })),
    );
  }
});

it('B-08: what EventBridge, the scheduler and SNS cannot deliver is tried again and set aside', () => {
  const { Resources } = full;
  const targets = ofType(Resources, 'AWS::Events::Rule').flatMap(([, { Targets }]) => Targets as Json[]);
  const schedules = ofType(Resources, 'AWS::Scheduler::Schedule').map(([, { Target }]) => Target as Json);
  const wrong = [...targets, ...schedules].filter(({ RetryPolicy, DeadLetterConfig }) => {
    const { MaximumRetryAttempts = 0 } = (RetryPolicy ?? {}) as Json;
    return Number(MaximumRetryAttempts) < 1 || Resources[idIn(DeadLetterConfig)]?.Type !== 'AWS::SQS::Queue';
  });
  expect(wrong).toEqual([]);
  const queued = ofType(Resources, 'AWS::SNS::Subscription').filter(([, { Protocol }]) => Protocol === 'sqs');
  expect(queued.map(([, { RedrivePolicy }]) => idIn(RedrivePolicy))).toEqual(['SlackDeadLetters', 'FixesDeadLetters']);
  expect(ofType(Resources, 'AWS::Lambda::EventInvokeConfig')).toEqual([]);
});

it('ST-05: the stream mapping is bounded in every way and keeps what it gives up', () => {
  const streams = mappingsOf(shipped).filter(([, each]) => each.StartingPosition);
  expect(streams.map(([, each]) => each)).toEqual([
    {
      BatchSize: 25,
      Enabled: true,
      EventSourceArn: { 'Fn::GetAtt': ['FindingsTable', 'StreamArn'] },
      FunctionName: { 'Fn::GetAtt': ['AnnounceFindingLambdaFunction', 'Arn'] },
      StartingPosition: 'TRIM_HORIZON',
      MaximumRetryAttempts: 50,
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      MaximumRecordAgeInSeconds: 21_600,
      DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': ['UndeliveredQueue', 'Arn'] } } },
      FilterCriteria: {
        Filters: [
          {
            Pattern: JSON.stringify({
              eventName: ['INSERT', 'MODIFY'],
              dynamodb: { NewImage: { sk: { S: ['state'] }, news: { N: [{ exists: true }] } } },
            }),
          },
        ],
      },
    },
  ]);
});

it('G-01: only the table outlives the stack, and only where it is to be kept', () => {
  const kept = ({ Resources }: HubTemplate) =>
    Object.entries(Resources).flatMap(([id, { DeletionPolicy = 'Delete' }]) =>
      DeletionPolicy === 'Delete' ? [] : [id],
    );
  expect([kept(shipped), kept(full)]).toEqual([['FindingsTable'], []]);
});

it('K-01: who may send to what is ours is bound to things of ours', () => {
  const open = [shipped, full].flatMap(({ Resources }) =>
    resourcePolicies(Resources).filter(([, { Effect, Principal, Condition }]) => {
      const isService = typeof Principal === 'object' && 'Service' in Principal;
      return (
        Effect === 'Allow' && isService && !/aws:Source(?:Arn|Account|OrgID)/.test(JSON.stringify(Condition ?? {}))
      );
    }),
  );
  expect(open).toEqual([]);
});

it('K-01: only the rules of the stack may send to the changes queue', () => {
  const rules = ofType(shipped.Resources, 'AWS::Events::Rule').map(([id]) => id);
  const sending = resourcePolicies(shipped.Resources).filter(
    ([id, { Effect }]) => /^Changes/.test(id) && Effect === 'Allow',
  );
  const allowed = sending.map(([, { Condition = {} }]) => {
    const { 'aws:SourceArn': senders = [] } = (Condition.ArnEquals ?? {}) as { 'aws:SourceArn'?: unknown[] };
    return senders.map(idIn);
  });
  expect(allowed).toEqual([rules, rules]);
});

it('S-06: everything is encrypted, refuses whoever comes without TLS, and is open to nobody', () => {
  for (const { Resources } of [shipped, full]) {
    const policies = resourcePolicies(Resources);
    const shut = policies.flatMap(([id, statement]) => (refusesPlain(statement) ? [id] : []));
    const owners = ['AWS::SQS::QueuePolicy', 'AWS::SNS::TopicPolicy', 'AWS::Events::EventBus', 'AWS::S3::BucketPolicy'];
    const withPolicy = owners.flatMap((type) => ofType(Resources, type).map(([id]) => id));
    expect(withPolicy.filter((id) => !shut.includes(id))).toEqual([]);
    const queues = ofType(Resources, 'AWS::SQS::Queue').map(([id]) => `${id}Policy`);
    expect(queues.filter((id) => !shut.includes(id))).toEqual([]);
    expect(
      policies.filter(([, { Effect, Principal, Condition }]) => Effect === 'Allow' && Principal === '*' && !Condition),
    ).toEqual([]);
    expect(ofType(Resources, 'AWS::SQS::Queue').filter(([, each]) => each.SqsManagedSseEnabled !== true)).toEqual([]);
    expect(ofType(Resources, 'AWS::SNS::Topic').filter(([, each]) => !each.KmsMasterKeyId)).toEqual([]);
    expect(
      ofType(Resources, 'AWS::S3::Bucket').filter(
        ([, each]) => !each.BucketEncryption || !each.PublicAccessBlockConfiguration,
      ),
    ).toEqual([]);
    expect(
      ofType(Resources, 'AWS::DynamoDB::Table').map(([, each]) => (each.SSESpecification as Json).SSEEnabled),
    ).toEqual([true]);
    expect(ofType(Resources, 'AWS::Logs::LogGroup').filter(([, each]) => !each.RetentionInDays)).toEqual([]);
  }
});

function refusesPlain({ Effect, Principal, Condition = {} }: PolicyStatement): boolean {
  const { 'aws:SecureTransport': tls } = (Condition.Bool ?? {}) as Json;
  return Effect === 'Deny' && Principal === '*' && String(tls) === 'false';
}

it('S-06: with a key in deploy.yml everything that is kept is encrypted with it', () => {
  const key = 'arn:aws:kms:eu-west-1:111122223333:key/1b2c3d4e-0000-4000-8000-000000000001';
  const kept = ['AWS::DynamoDB::Table', 'AWS::SNS::Topic', 'AWS::Logs::LogGroup', 'AWS::Lambda::Function'];
  const without = kept.flatMap((type) =>
    ofType(full.Resources, type).filter(([, properties]) => !JSON.stringify(properties).includes(key)),
  );
  expect(without).toEqual([]);
  expect([ofType(full.Resources, 'AWS::KMS::Key').length, ofType(shipped.Resources, 'AWS::KMS::Key').length]).toEqual([
    0, 1,
  ]);
});

it('Y-03: functions are told names and ARNs, and no secret', () => {
  const environments = ofType(full.Resources, 'AWS::Lambda::Function').map(
    ([, { Environment }]) => (Environment as Json).Variables as Json,
  );
  const plain = environments.flatMap((each) => Object.entries(each).filter(([, value]) => typeof value === 'string'));
  expect(Object.fromEntries(plain)).toEqual({
    EXTERNAL_ID: 'a-long-word-of-your-own',
    ROLE_PATH: '/security/',
    SLACK_SECRET: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:eks-warden-slack-a1b2c3',
    WATCHED_REGIONS: 'eu-central-1,eu-west-1,us-east-1',
  });
  expect(textsOf(full.Resources).filter((text) => /xox[abp]-|hooks\.slack|AKIA|resolve:/.test(text))).toEqual([]);
});

it('keeps to the limits of AWS', () => {
  for (const { Resources } of [shipped, full]) {
    const patterns = ofType(Resources, 'AWS::Events::Rule').map(
      ([, { EventPattern }]) => JSON.stringify(EventPattern).length,
    );
    expect(patterns.filter((length) => length > 2048)).toEqual([]);
    expect(ofType(Resources, 'AWS::SQS::Queue').filter(([, each]) => Number(each.DelaySeconds ?? 0) > 900)).toEqual([]);
    const filters = ofType(Resources, 'AWS::SNS::Subscription').map(([, { FilterPolicy }]) =>
      Object.values(FilterPolicy as Json),
    );
    expect(filters.filter((keys) => keys.length > 5 || keys.flat().length > 150)).toEqual([]);
    const names = ofType(Resources, 'AWS::Lambda::Function').map(([, { FunctionName }]) => String(FunctionName));
    expect(names.filter((name) => name.length > 64)).toEqual([]);
  }
});

it('says what is wrong with deploy.yml in a sentence, without a stack, before anything is packaged', async () => {
  const { environment, folder } = written({ ...SHIPPED, deploy: 'region: eu-west-1\nemail: nobody\n' });
  const { output, code } = await serverless(['package'], { ...environment, HOME: folder, AWS_ENDPOINT_URL: aws });
  expect([code, /deploy\.yml:2:\d+ .*email/.test(output), /\n {4}at .*shared/.test(output)]).toEqual([1, true, false]);
});

it.each([
  ['as shipped', SHIPPED, () => shipped],
  ['with everything', FULL, () => full],
] as const)('the deployer has rights for exactly the types that are packaged %s', (_, files, template) => {
  const { deployment, baseline } = settingsFrom(files);
  const types = new Set(Object.values(template().Resources).map(({ Type }) => Type));
  expect(typesFor({ deployment, fixes: baseline.fixed.length > 0 }).sort()).toEqual([...types].sort());
});

it('functions write JSON, and Lambda adds no lines of its own to each invocation', () => {
  const functions = ofType(shipped.Resources, 'AWS::Lambda::Function');
  const logging = { ApplicationLogLevel: 'INFO', LogFormat: 'JSON', SystemLogLevel: 'WARN' };
  expect(functions.map(([, { LoggingConfig }]) => LoggingConfig)).toEqual(functions.map(() => logging));
});
