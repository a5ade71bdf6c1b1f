import type { InputOf, OutputOf, ReadAction } from '../aws/actions.ts';
import { placeOf, readKey } from '../aws/batch.ts';
import type { Read } from '../aws/read.ts';
import type { Reader } from '../aws/reader.ts';
import { readingBy } from '../aws/reading-by.ts';
import type { AwsBatch } from '../aws/world.ts';

/**
 * What resources of several kinds, or many of one kind, are judged by. Reads of one resource alone are left out: they
 * would only fill the memory of a function that goes through thousands.
 */
const SHARED: ReadonlySet<string> = new Set<ReadAction>([
  'ec2:DescribeImages',
  'ec2:DescribeLaunchTemplateVersions',
  'ec2:DescribeRouteTables',
  'ec2:DescribeSecurityGroups',
  'ec2:DescribeSubnets',
  'ec2:DescribeVpcAttribute',
  'ec2:DescribeVpcs',
  'ec2:GetManagedPrefixListEntries',
  'eks:DescribeCluster',
  'eks:DescribeClusterVersions',
  'iam:GetPolicy',
  'iam:GetPolicyVersion',
  'iam:ListOpenIDConnectProviders',
  'kms:DescribeKey',
  'logs:DescribeLogGroups',
]);

/** Whether others than the look that asks may ask the same again. */
export function isShared(action: ReadAction): boolean {
  return SHARED.has(action);
}

/** What one invocation's sweep of a scope has found so far, by the name of its read. */
export type SharedReads = Map<string, Read<unknown>>;

/** A batch that takes from `shared` what another one has read, and leaves there what it reads. What was not found is asked again. */
export function sharing(batch: AwsBatch, shared: SharedReads): AwsBatch {
  const nameOf = (reader: Reader, action: ReadAction, input: object) =>
    readKey(placeOf(reader.account, reader.region, action), action, input);
  const reading = readingBy(batch, async <A extends ReadAction>(reader: Reader, action: A, input: InputOf<A>) => {
    if (!isShared(action)) return reader.read(action, input);
    const key = nameOf(reader, action, input);
    const known = shared.get(key) as Read<OutputOf<A>> | undefined;
    if (known) return known;
    const read = await reader.read(action, input);
    if (read.outcome === 'found') shared.set(key, read);
    return read;
  });
  return {
    ...reading,
    forget: (account, region, action, input) => {
      shared.delete(nameOf(batch.reader(account, region), action, input));
      reading.forget(account, region, action, input);
    },
  };
}
