import { DescribeEventBusCommand, DescribeRuleCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { clientConfig } from '../own/calling.ts';
import type { Read } from '../read.ts';
import { asked, type OperatorSession } from './session.ts';

export interface RuleState {
  name: string;
  /** Undefined: the default one. */
  bus: string | undefined;
  isEnabled: boolean;
}

const isGone = ({ name }: Error) => name === 'ResourceNotFoundException';

/** `physicalId` as CloudFormation has it: a rule's name, behind its bus and a bar where that is not the default one. */
export function ruleState(session: OperatorSession, physicalId: string, region?: string): Promise<Read<RuleState>> {
  const events = new EventBridgeClient(clientConfig(session.calling(region)));
  const [name = physicalId, bus] = physicalId.split('|').reverse();
  return asked(
    'events:DescribeRule',
    async () => {
      const on = bus === undefined ? {} : { EventBusName: bus };
      const { State } = await events.send(new DescribeRuleCommand({ Name: name, ...on }));
      return { name, bus, isEnabled: State?.startsWith('ENABLED') === true };
    },
    isGone,
  );
}

/** The policy of a bus as JSON text; empty where it has none. */
export function busPolicyText(session: OperatorSession, bus: string): Promise<Read<string>> {
  const events = new EventBridgeClient(clientConfig(session.calling()));
  const ask = async () => (await events.send(new DescribeEventBusCommand({ Name: bus }))).Policy ?? '';
  return asked('events:DescribeEventBus', ask, isGone);
}
