import type { Aws } from '../../shared/aws/world.ts';
import { readSubject } from '../../shared/evaluation/read-subject.ts';
import { linkChanges, writeLinks } from '../../shared/findings/links.ts';
import { kindOf } from '../../shared/resources/kinds.ts';
import type { KindName, Resource, Use } from '../../shared/resources/resource.ts';
import { type Account, anAccount, merge, namesOf } from './cloud/audited/index.ts';
import type { MemoryTable } from './memory-table.ts';

const IMAGE = 'ami-0c0ffee0c0ffee001';
const PREFIX_LIST = 'pl-0a11c0ffee0a11c01';
const names = (account: string, region: string) => namesOf(account, region);

/**
 * The healthy account, with as much more as it takes for every read of every kind to be made: nodes with an image of
 * their own and others without a template, a rule that names a prefix list, a repository with a policy.
 */
export function anEstate(account: string, region: string): Account {
  const { cluster, nodegroup, launchTemplate, nodeGroupSecurity, repository } = names(account, region);
  const healthy = anAccount(account, region);
  const here = healthy.regions[region] ?? {};
  const template = here.launchTemplates?.[`${launchTemplate}/1`];
  const workers = here.nodegroups?.[`${cluster}/${nodegroup}`];
  const group = here.securityGroups?.[nodeGroupSecurity];
  return merge(healthy, {
    regions: {
      [region]: {
        nodegroups: {
          [`${cluster}/hardened`]: {
            ...workers,
            nodegroupName: 'hardened',
            amiType: 'CUSTOM',
            launchTemplate: { id: launchTemplate, name: 'payments-workers', version: '2' },
          },
          [`${cluster}/plain`]: { ...workers, nodegroupName: 'plain', launchTemplate: undefined },
        },
        launchTemplates: {
          [`${launchTemplate}/2`]: {
            ...template,
            VersionNumber: 2,
            LaunchTemplateData: { ...template?.LaunchTemplateData, ImageId: IMAGE },
          },
        },
        securityGroups: {
          [nodeGroupSecurity]: {
            IpPermissions: [
              ...(group?.IpPermissions ?? []),
              {
                IpProtocol: 'tcp',
                FromPort: 443,
                ToPort: 443,
                IpRanges: [],
                Ipv6Ranges: [],
                UserIdGroupPairs: [],
                PrefixListIds: [{ PrefixListId: PREFIX_LIST }],
              },
            ],
          },
        },
        repositoryPolicies: {
          [repository]: {
            Version: '2012-10-17',
            Statement: [
              {
                Effect: 'Allow',
                Principal: { AWS: `arn:aws:iam::${account}:root` },
                Action: 'ecr:BatchGetImage',
              },
            ],
          },
        },
      },
    },
  });
}

/** Every resource of the estate that has a read of its own. */
export function estateOf(account: string, region: string): Resource[] {
  const known = names(account, region);
  const regional = (kind: KindName, id: string): Resource => ({ kind, id, account, region });
  const global = (kind: KindName, id: string): Resource => ({ kind, id, account, region: 'global' });
  return [
    regional('account-region', region),
    regional('cluster', known.cluster),
    regional('image', `${known.repository}@${known.digest}`),
    regional('log-group', known.logGroup),
    regional('nodegroup', `${known.cluster}/${known.nodegroup}`),
    regional('nodegroup', `${known.cluster}/hardened`),
    regional('nodegroup', `${known.cluster}/plain`),
    regional('repository', known.repository),
    regional('security-group', known.clusterGroup),
    regional('security-group', known.nodeGroupSecurity),
    regional('trail', known.trail),
    global('policy', 'payments-queue'),
    global('role', known.appRole),
    global('role', known.clusterRole),
    global('role', known.nodeRole),
  ];
}

/** Stores who uses what in the estate, as looks at all of it would have. */
export async function linkEstate(aws: Aws, table: MemoryTable, estate: readonly Resource[]): Promise<void> {
  const batch = aws.batch();
  for (const resource of estate) {
    const kind = kindOf(resource.kind);
    const facets = new Set(Object.keys(kind.facets));
    const usedBy: Use[] = [{ by: { ...resource, kind: 'cluster', id: 'payments' }, as: ['x'], clusters: ['payments'] }];
    const read = await readSubject(kind, resource, batch.reader(resource.account, resource.region), facets, usedBy);
    if (read.outcome !== 'found') throw new Error(`${resource.kind} ${resource.id} cannot be read: ${read.outcome}.`);
    const { subject } = read;
    const links = kind.links?.(subject, subject.facets, resource) ?? [];
    const clusters = kind.clusters?.(resource) ?? [];
    await writeLinks(table, linkChanges(resource, undefined, { links, clusters }), 0);
  }
}
