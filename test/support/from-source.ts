import middy, { type MiddlewareObj } from '@middy/core';
import type {
  DynamoDBBatchResponse,
  DynamoDBRecord,
  DynamoDBStreamEvent,
  SQSBatchResponse,
  SQSEvent,
  SQSRecord,
} from 'aws-lambda';
import { lambdaWorld } from '../../shared/aws/lambda-world.ts';
import { sqsHider } from '../../shared/aws/own/queue.ts';
import { sfnSweeps } from '../../shared/aws/own/sweeps.ts';
import type { World } from '../../shared/aws/world.ts';
import type { Baseline } from '../../shared/baseline/baseline.ts';
import { groupOf } from '../../shared/controls/catalogue.ts';
import { locateStep } from '../../shared/findings/locate-step.ts';
import { evaluateSteps } from '../../shared/findings/steps.ts';
import { announcer } from '../../shared/notices/announce.ts';
import { slackPoster } from '../../shared/notices/slack-post.ts';
import { remediateStep } from '../../shared/remediation/step.ts';
import { chain } from '../../shared/runtime/chain.ts';
import type { Invocation } from '../../shared/runtime/invocation.ts';
import type { LogFields } from '../../shared/runtime/log.ts';
import { settleBatch } from '../../shared/runtime/settle-batch.ts';
import { type TimeFor, timeFor } from '../../shared/runtime/time-for.ts';
import {
  type FunctionName,
  type HandlerSource,
  type Handlers,
  inProcess,
  type LambdaHandler,
  type Wiring,
} from './local-world/handlers.ts';

/** Changes the world of a function: for what no wire can do, such as dying between two steps. */
export type Bend = (world: World, name: FunctionName) => World;

/** The five functions from their sources, put together as their entries do it. */
export function fromSource(baseline: Baseline, bend: Bend = (world) => world): HandlerSource {
  return inProcess((wiring) => handlersOf(wiring, baseline, bend));
}

function handlersOf(wiring: Wiring, baseline: Baseline, bend: Bend): Handlers {
  const { environment } = wiring;
  const {
    SWEEP_MACHINE,
    OWN_ACCOUNT = '',
    FIX_ROLE = '',
    SLACK_SECRET = '',
    SLACK_QUEUE = '',
    AWS_ENDPOINT_URL,
  } = environment;
  const part = (name: FunctionName) => {
    const our = told(wiring, name);
    const world = bend(lambdaWorld(environment, our, environment, { accounts: baseline.accounts }), name);
    return { our, world, use: chain(name, our) };
  };
  const [located, evaluated, announced, fixed, posted] = [
    part('locate-change'),
    part('evaluate-resource'),
    part('announce-finding'),
    part('remediate-finding'),
    part('post-to-slack'),
  ];
  const region = environment.AWS_REGION ?? '';
  const sweeps = SWEEP_MACHINE === undefined ? {} : { sweeps: sfnSweeps(SWEEP_MACHINE, { region }) };
  const locate = locateStep({ ...located.world, ...sweeps }, baseline, OWN_ACCOUNT);
  const steps = evaluateSteps(evaluated.world, baseline);
  const { announce } = announcer(announced.world, baseline, { groupOf, ownAccount: OWN_ACCOUNT });
  const remediate = remediateStep(fixed.world, baseline, { OWN_ACCOUNT, FIX_ROLE });
  const hide = sqsHider(SLACK_QUEUE, { region });
  const { post } = slackPoster(posted.world, { secret: SLACK_SECRET, endpoint: AWS_ENDPOINT_URL, hide });
  return {
    'locate-change': onQueue(located.use, (records, enough) => settleBatch(records, locate, located.our, enough)),
    'evaluate-resource': onQueue(evaluated.use, (records, enough) =>
      settleBatch(records, steps(), evaluated.our, enough),
    ),
    'announce-finding': onStream(announced.use, announce),
    'remediate-finding': onQueue(fixed.use, (records, enough) => settleBatch(records, remediate, fixed.our, enough)),
    'post-to-slack': onQueue(posted.use, post),
  };
}

function onQueue(
  use: MiddlewareObj,
  step: (records: SQSRecord[], enough: TimeFor) => Promise<SQSBatchResponse>,
): LambdaHandler {
  const handler = middy<SQSEvent, SQSBatchResponse>()
    .use(use)
    .handler(({ Records }, context) => step(Records, timeFor(context)));
  return handler as LambdaHandler;
}

function onStream(
  use: MiddlewareObj,
  step: (records: DynamoDBRecord[], enough: TimeFor) => Promise<DynamoDBBatchResponse>,
): LambdaHandler {
  const handler = middy<DynamoDBStreamEvent, DynamoDBBatchResponse>()
    .use(use)
    .handler(({ Records }, context) => step(Records, timeFor(context)));
  return handler as LambdaHandler;
}

/** Lines as a function would write them, into the world's log; counters as CloudWatch's embedded lines. */
function told({ write }: Wiring, service: FunctionName): Invocation {
  const at =
    (level: string) =>
    (message: string, fields: LogFields = {}) =>
      write(service, JSON.stringify({ level, message, service, ...fields }));
  const counted = (Name: string, value: number, dimensions: Readonly<Record<string, string>> = {}) => {
    const Dimensions = [['service', ...Object.keys(dimensions)]];
    const CloudWatchMetrics = [{ Metrics: [{ Name, Unit: 'Count' }], Dimensions }];
    write(service, JSON.stringify({ _aws: { CloudWatchMetrics }, service, [Name]: value, ...dimensions }));
  };
  return {
    log: { info: at('INFO'), warn: at('WARN'), error: at('ERROR') },
    metrics: { count: (name, by = 1, dimensions) => counted(name, by, dimensions), duration: counted },
    flush: () => undefined,
  };
}
