import type { AwsBatch } from '../aws/world.ts';
import type { Scope } from '../findings/swept.ts';
import { GLOBAL } from '../resources/resource.ts';

/**
 * Whether an account has not opted into a region, by its own word, asked in a region that it has. Where that cannot be
 * told the region is swept as any other: then its listings say what is wrong.
 */
export async function isNotEnabled(
  batch: AwsBatch,
  { account, region }: Scope,
  home: string | undefined,
): Promise<boolean> {
  if (home === undefined || region === home || region === GLOBAL) return false;
  const input = { RegionNames: [region], AllRegions: true };
  const read = await batch.reader(account, home).read('ec2:DescribeRegions', input);
  if (read.outcome !== 'found') return false;
  return (read.value.Regions ?? []).some(({ RegionName, OptInStatus }) => {
    return RegionName === region && OptInStatus === 'not-opted-in';
  });
}
