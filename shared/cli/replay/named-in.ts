import type { ReadAction } from '../../aws/actions.ts';
import type { SnapshotRead } from '../../aws/snapshot/snapshot.ts';
import { list, text } from '../../resources/json.ts';
import { type Resource, resourceOf } from '../../resources/resource.ts';

type Naming = Partial<Record<ReadAction, (input: unknown) => readonly [Resource['kind'], string | undefined][]>>;

/** Which resources a read was about: the base reads of the kinds that link to others. */
const NAMED: Naming = {
  'eks:DescribeCluster': (input) => [['cluster', text(input, 'name')]],
  'eks:DescribeNodegroup': (input) => {
    const [name, group] = [text(input, 'clusterName'), text(input, 'nodegroupName')];
    return [['nodegroup', name && group ? `${name}/${group}` : undefined]];
  },
  'iam:GetRole': (input) => [['role', text(input, 'RoleName')]],
  'ecr:DescribeImages': (input) => {
    const repository = text(input, 'repositoryName');
    return list(input, 'imageIds').map((id) => ['image', repository && `${repository}@${text(id, 'imageDigest')}`]);
  },
};

/** The resources that a snapshot shows, for their links: what uses what. */
export function namedIn(reads: readonly SnapshotRead[]): Resource[] {
  const keys = reads.flatMap(({ action, account, region, input }) => {
    const naming = NAMED[action as ReadAction];
    return (naming?.(input) ?? []).map(
      ([kind, id]) => `${account}#${kind === 'role' ? 'global' : region}#${kind}#${id}`,
    );
  });
  const accounts = reads
    .filter(({ action }) => action === 'cloudtrail:DescribeTrails')
    .map(({ account, region }) => `${account}#${region}#account-region#${region}`);
  return [...new Set([...keys, ...accounts])].flatMap((key) => resourceOf(key) ?? []);
}
