import type { QueueSettings } from './queue.ts';
import type { QueueMappingSettings } from './queue-mapping.ts';
import type { StreamMappingSettings } from './stream-mapping.ts';
import type { Subscription } from './topic.ts';

export const QUEUE_NAMES = ['changes', 'rechecks', 'fixes', 'slack'] as const;
export type QueueName = (typeof QUEUE_NAMES)[number];

export type QueueBinding = QueueSettings & QueueMappingSettings;

/** How queues, stream and topic lead to functions. */
export interface Bindings {
  queues: Readonly<Record<QueueName, QueueBinding>>;
  stream: StreamMappingSettings;
  subscriptions: readonly Subscription[];
}

/** What a world wants otherwise than it is deployed. */
export interface BindingChanges {
  queues?: Partial<Record<QueueName, Partial<QueueBinding>>>;
  stream?: Partial<StreamMappingSettings>;
  subscriptions?: readonly Subscription[];
}

const QUEUE = { batchSize: 10, window: 0, atOnce: 1, visibilityTimeout: 180, maxReceiveCount: 5 };

const QUEUES: Bindings['queues'] = {
  changes: { ...QUEUE, function: 'locate-change' },
  rechecks: { ...QUEUE, function: 'evaluate-resource' },
  fixes: { ...QUEUE, function: 'remediate-finding', batchSize: 1, visibilityTimeout: 60, maxReceiveCount: 20 },
  slack: { ...QUEUE, function: 'post-to-slack', batchSize: 100, window: 5, maxReceiveCount: 10 },
};

const STREAM: StreamMappingSettings = {
  function: 'announce-finding',
  batchSize: 10,
  window: 0,
  maxRetries: 5,
  bisect: true,
  filter: ({ dynamodb }) => dynamodb?.NewImage?.news !== undefined,
};

const SUBSCRIPTIONS: readonly Subscription[] = [
  { protocol: 'sqs', queue: 'slack', filter: { slack: ['yes'] } },
  { protocol: 'sqs', queue: 'fixes', filter: { fix: ['wanted'] } },
  { protocol: 'email', name: 'email', filter: { people: ['email', 'both'] } },
  { protocol: 'https', name: 'chat', filter: { people: ['chat', 'both'] } },
];

export function bindingsOf({ queues = {}, stream = {}, subscriptions = SUBSCRIPTIONS }: BindingChanges = {}): Bindings {
  const changed = QUEUE_NAMES.map((name) => [name, { ...QUEUES[name], ...queues[name] }]);
  return {
    queues: Object.fromEntries(changed) as Bindings['queues'],
    stream: { ...STREAM, ...stream },
    subscriptions,
  };
}
