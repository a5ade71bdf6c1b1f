import {
  DescribeEventBusCommand,
  DisableRuleCommand,
  EnableRuleCommand,
  PutPermissionCommand,
  RemovePermissionCommand,
} from '@aws-sdk/client-eventbridge';
import { PurgeQueueCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import type { Bench } from '../bench.ts';
import { type Clients, clientsOf } from '../clients.ts';
import { lookAtStack } from '../deployed.ts';
import { annaDoes } from '../estate.ts';
import { IAM_REGION, MEMBER, OWN, REGION } from '../place.ts';
import { type Break, type Broken, DEPLOY } from './break.ts';

const TRAIL = 'management-events';
const START_LOGGING =
  'Start logging, or give one trail all Regions and all management events: docs/controls/trail-enabled.md';
const OWN_RULE = 'OwnNativeRule';
const COLLECTED = 'NativeRule';

/** The collector of the hub's account in the region where IAM's events occur. */
async function collectorOf({ stack }: Bench) {
  const clients = clientsOf(stack.emulator.url, OWN, IAM_REGION);
  return { clients, collector: await lookAtStack(clients, 'eks-warden-collector') };
}

async function disabled({ events }: Clients, id: string, Name: string, region: string): Promise<Broken> {
  await events.send(new DisableRuleCommand({ Name }));
  const mend = `Enable it: aws events enable-rule --region ${region} --name ${Name}`;
  return {
    wrong: [`wrong Rule ${id} in ${region}: it is disabled: its events are lost. → ${mend}`],
    restore: () => events.send(new EnableRuleCommand({ Name })),
  };
}

/** What events come by: trails, rules, collectors, the bus. */
export const ARRIVING: readonly Break[] = [
  {
    name: 'the trail of both regions does not log',
    async do({ stack }) {
      const { cloud, deliver } = stack.audited;
      // A trail that does not log tells no event either.
      deliver(false);
      annaDoes(cloud, 'cloudtrail:StopLogging', { Name: TRAIL });
      const why = `The trail ${TRAIL} is not logging.`;
      return {
        wrong: [REGION, IAM_REGION].map((region) => `wrong Trail in ${region}: ${why} → ${START_LOGGING}`),
        restore() {
          annaDoes(cloud, 'cloudtrail:StartLogging', { Name: TRAIL });
          deliver(true);
        },
      };
    },
  },
  {
    name: 'a rule of the hub is disabled',
    do: ({ stack }) => disabled(stack.clients, OWN_RULE, stack.deployed.nameOf(OWN_RULE), REGION),
  },
  {
    name: 'a rule of a collector is disabled',
    async do(bench) {
      const { clients, collector } = await collectorOf(bench);
      return disabled(clients, COLLECTED, collector.nameOf(COLLECTED), IAM_REGION);
    },
  },
  {
    name: 'a collector could not hand on an event',
    async do(bench) {
      const { clients, collector } = await collectorOf(bench);
      const QueueUrl = collector.nameOf('UndeliveredEvents');
      await clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: '{}' }));
      const why = '1 event could not be delivered to the bus.';
      return {
        wrong: [`wrong Events of ${IAM_REGION}: ${why} → docs/many-accounts.md, "Events that were not delivered"`],
        restore: () => clients.sqs.send(new PurgeQueueCommand({ QueueUrl })),
      };
    },
  },
  {
    name: 'the bus lets no other account deliver',
    async do({ stack }) {
      const { events } = stack.clients;
      const EventBusName = stack.deployed.nameOf('EventsBus');
      const { Policy } = await events.send(new DescribeEventBusCommand({ Name: EventBusName }));
      await events.send(new RemovePermissionCommand({ EventBusName, StatementId: 'FromCollectors' }));
      return {
        wrong: [`wrong Bus for collectors: its policy does not let ${OWN}, ${MEMBER} deliver. → ${DEPLOY}`],
        restore: () => events.send(new PutPermissionCommand({ EventBusName, Policy })),
      };
    },
  },
  {
    name: 'the bus lets everybody deliver',
    async do({ stack }) {
      const { events } = stack.clients;
      const EventBusName = stack.deployed.nameOf('EventsBus');
      const anybody = { EventBusName, StatementId: 'Anybody' };
      await events.send(new PutPermissionCommand({ ...anybody, Principal: '*', Action: 'events:PutEvents' }));
      return {
        wrong: [`wrong Bus for collectors: its policy lets everybody deliver (Anybody). → ${DEPLOY}`],
        restore: () => events.send(new RemovePermissionCommand(anybody)),
      };
    },
  },
];
