import { arnOfThe, ref } from '../../derive/cloudformation.ts';
import { ruleIds } from './rules.ts';
import type { StackSettings } from './settings.ts';
import { queuePolicy, type Resources, unchecked } from './template-parts.ts';

/** Fourteen days (s): as long as SQS keeps a message that nobody could handle. */
const FORTNIGHT = 1_209_600;
/** Four days (s): as long as an outage of ours may last without a loss. */
const FOUR_DAYS = 345_600;

interface Work {
  /** Seconds that a message is out of sight: six times its function's timeout, and the batching window. */
  visibility: number;
  /** How often it is tried before it is set aside. */
  tries: number;
}

const CHANGES: Work = { visibility: 360, tries: 5 };
const RECHECKS: Work = { visibility: 720, tries: 5 };
const FIXES: Work = { visibility: 720, tries: 3 };
/** Slack's own 429 is waited for by visibility, and counts as a try. */
const SLACK: Work = { visibility: 390, tries: 10 };

/** Each queue with the one for what failed too often, and who may send to both. */
export function queueResources({ deployment, baseline }: StackSettings): Resources {
  const rules = ruleIds(baseline).map(arnOfThe);
  const topic = [ref('NoticesTopic')];
  const fromRules = { Sid: 'FromOurRules', service: 'events.amazonaws.com', senders: rules };
  const fromTopic = { Sid: 'FromOurTopic', service: 'sns.amazonaws.com', senders: topic };
  return {
    ...workQueue('Changes', CHANGES, [fromRules]),
    ...workQueue('Rechecks', RECHECKS, []),
    ...(baseline.fixed.length > 0 ? workQueue('Fixes', FIXES, [fromTopic]) : {}),
    ...(deployment.slackSecret ? workQueue('Slack', SLACK, [fromTopic]) : {}),
    ...keepingQueue('UndeliveredQueue', []),
    ...keepingQueue('SweepDeadLetters', [
      { Sid: 'FromOurSchedule', service: 'scheduler.amazonaws.com', senders: [arnOfThe('SweepSchedule')] },
    ]),
  };
}

/** Where what failed too often, or could not be delivered, is kept. */
export function keptAside({ deployment, baseline }: StackSettings): string[] {
  const works = workNames({ deployment, baseline });
  return [...works.map((name) => `${name}DeadLetters`), 'SweepDeadLetters', 'UndeliveredQueue'];
}

/** The queues that functions work on. */
export function workQueues(settings: Pick<StackSettings, 'deployment' | 'baseline'>): string[] {
  return workNames(settings).map((name) => `${name}Queue`);
}

function workNames({ deployment, baseline }: Pick<StackSettings, 'deployment' | 'baseline'>): string[] {
  return [
    'Changes',
    'Rechecks',
    ...(baseline.fixed.length > 0 ? ['Fixes'] : []),
    ...(deployment.slackSecret ? ['Slack'] : []),
  ];
}

type Sendings = Parameters<typeof queuePolicy>[1];

/** What is sent to a queue from outside may also be set aside by who could not deliver it. */
function workQueue(name: string, { visibility, tries }: Work, sendings: Sendings): Resources {
  return {
    [`${name}Queue`]: {
      ...queue(FOUR_DAYS, {
        VisibilityTimeout: visibility,
        RedrivePolicy: { deadLetterTargetArn: arnOfThe(`${name}DeadLetters`), maxReceiveCount: tries },
      }),
    },
    [`${name}QueuePolicy`]: queuePolicy(`${name}Queue`, sendings),
    ...keepingQueue(`${name}DeadLetters`, sendings),
  };
}

function keepingQueue(id: string, sendings: Sendings): Resources {
  return { [id]: queue(FORTNIGHT, {}), [`${id}Policy`]: queuePolicy(id, sendings) };
}

function queue(retention: number, properties: Readonly<Record<string, unknown>>) {
  return {
    Type: 'AWS::SQS::Queue',
    Metadata: unchecked({
      CKV_AWS_27: 'Encrypted with the keys of SQS itself: EventBridge and SNS then need no rights to a key.',
    }),
    Properties: { MessageRetentionPeriod: retention, SqsManagedSseEnabled: true, ...properties },
  };
}
