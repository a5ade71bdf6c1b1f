import type { InputOf, OutputOf, ReadAction } from '../aws/actions.ts';
import { placeOf, readKey } from '../aws/batch.ts';
import type { Read } from '../aws/read.ts';
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

/** What one invocation's sweep of a scope has found so far, by the name of its read. */
export type SharedReads = Map<string, Read<unknown>>;

/** A batch that takes from `shared` what another one has read, and leaves there what it reads. What was not found is asked again. */
export function sharing(batch: AwsBatch, shared: SharedReads): AwsBatch {
  return {
    writer: (account, region) => batch.writer(account, region),
    calls: () => batch.calls(),
    seed: (...seed) => batch.seed?.(...seed),
    forget: (account, region, action, input) => {
      const { account: asked, region: real } = batch.reader(account, region);
      shared.delete(readKey(placeOf(asked, real, action), action, input));
      batch.forget(account, region, action, input);
    },
    reader(account, region) {
      const reader = batch.reader(account, region);
      return {
        account: reader.account,
        region: reader.region,
        partition: reader.partition,
        async read<A extends ReadAction>(action: A, input: InputOf<A>): Promise<Read<OutputOf<A>>> {
          if (!SHARED.has(action)) return reader.read(action, input);
          const key = readKey(placeOf(reader.account, reader.region, action), action, input);
          const known = shared.get(key) as Read<OutputOf<A>> | undefined;
          if (known) return known;
          const read = await reader.read(action, input);
          if (read.outcome === 'found') shared.set(key, read);
          return read;
        },
      };
    },
  };
}
