import { DescribeRegionsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { clientConfig } from '../own/calling.ts';
import type { Read } from '../read.ts';
import { asked, type OperatorSession } from './session.ts';

/** The regions that are enabled in the account, in order. */
export function enabledRegions(session: OperatorSession): Promise<Read<readonly string[]>> {
  const ec2 = new EC2Client(clientConfig(session.calling()));
  return asked('ec2:DescribeRegions', async () => {
    const { Regions = [] } = await ec2.send(new DescribeRegionsCommand({}));
    return Regions.flatMap(({ RegionName }) => RegionName ?? []).sort();
  });
}
