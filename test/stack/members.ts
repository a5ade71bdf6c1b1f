import { CreateStackCommand, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { loadBaseline } from '../../shared/baseline/load.ts';
import { collectorFile } from '../../shared/derive/collector.ts';
import { memberFile } from '../../shared/derive/members.ts';
import { eventPatterns } from '../../shared/derive/patterns.ts';
import { clientsOf } from './clients.ts';
import { baselineText, type Wishes } from './files.ts';
import { EXTERNAL_ID, IAM_REGION, MEMBER, OWN, REGION } from './place.ts';
import { until } from './stack.ts';

const baselineOf = ({ modes = {} }: Wishes) => loadBaseline(baselineText(modes), 'baseline.yml', Date.now()).baseline;

/** The roles of another account, as its owner deploys them. */
export function deployMemberRoles(emulator: string, wishes: Wishes): Promise<void> {
  return deployStack(emulator, REGION, 'eks-warden-roles', memberFile(baselineOf(wishes)), {
    HubAccount: OWN,
    ExternalId: EXTERNAL_ID,
  });
}

/** The collectors of another account, in each region that is watched. */
export async function deployMemberCollectors(emulator: string, wishes: Wishes, hubBus: string): Promise<void> {
  const template = collectorFile(eventPatterns(baselineOf(wishes).controls));
  for (const region of [REGION, IAM_REGION]) {
    await deployStack(emulator, region, 'eks-warden-collector', template, { HubBus: hubBus });
  }
}

async function deployStack(
  emulator: string,
  region: string,
  StackName: string,
  TemplateBody: string,
  parameters: Readonly<Record<string, string>>,
): Promise<void> {
  const { cloudFormation } = clientsOf(emulator, MEMBER, region);
  const Parameters = Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({
    ParameterKey,
    ParameterValue,
  }));
  await cloudFormation.send(
    new CreateStackCommand({ StackName, TemplateBody, Parameters, Capabilities: ['CAPABILITY_NAMED_IAM'] }),
  );
  await until(`the stack ${StackName} of ${MEMBER} in ${region}`, async () => {
    const { Stacks = [] } = await cloudFormation.send(new DescribeStacksCommand({ StackName }));
    const [status, why] = [Stacks[0]?.StackStatus ?? '', Stacks[0]?.StackStatusReason];
    if (/FAILED|ROLLBACK/.test(status)) throw new Error(`${StackName}: ${status}: ${why}`);
    return status === 'CREATE_COMPLETE';
  });
}
