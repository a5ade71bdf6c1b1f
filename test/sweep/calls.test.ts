import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadBaseline } from '../../shared/baseline/load.ts';
import { kindsIn } from '../../shared/sweep/order.ts';
import { type Account, merge, namesOf } from '../support/cloud/audited/index.ts';
import { anEstate } from '../support/estate.ts';
import { fromSource } from '../support/from-source.ts';
import { aBaselineFile, aPipeline, MEMBER, REGION, START } from '../support/pipeline.ts';
import { aSweeper } from '../support/sweep.ts';

const { baseline } = loadBaseline(aBaselineFile(), 'baseline.yml', START);
const MORE = 10;

/** The estate with ten more of what is to be counted. */
function with10(kind: 'cluster' | 'nodegroup' | 'trail' | 'repository' | 'image' | 'role' | 'policy'): Account {
  const estate = anEstate(MEMBER, REGION);
  const names = namesOf(MEMBER, REGION);
  const here = estate.regions[REGION];
  const each = <T>(make: (at: number) => readonly [string, T]) =>
    Object.fromEntries(Array.from({ length: MORE }, (_, at) => make(at)));
  const arn = (at: number) => names.arn('iam', `policy/more-${at}`);
  const patches = {
    cluster: {
      regions: {
        [REGION]: {
          clusters: each((at) => [`more-${at}`, { ...here?.clusters?.[names.cluster], name: `more-${at}` }]),
        },
      },
    },
    nodegroup: {
      regions: {
        [REGION]: {
          nodegroups: each((at) => [
            `${names.cluster}/more-${at}`,
            { ...here?.nodegroups?.[`${names.cluster}/${names.nodegroup}`], nodegroupName: `more-${at}` },
          ]),
        },
      },
    },
    trail: {
      regions: {
        [REGION]: {
          trails: each((at) => [
            `${names.trail}-${at}`,
            { ...here?.trails?.[names.trail], TrailARN: `${names.trail}-${at}`, Name: `more-${at}` },
          ]),
        },
      },
    },
    repository: {
      regions: {
        [REGION]: {
          repositories: each((at) => [
            `more-${at}`,
            { ...here?.repositories?.[names.repository], repositoryName: `more-${at}` },
          ]),
        },
      },
    },
    image: {
      regions: {
        [REGION]: {
          images: each((at) => {
            const imageDigest = `sha256:${String(at).padStart(64, '0')}`;
            return [
              `${names.repository}@${imageDigest}`,
              { ...here?.images?.[`${names.repository}@${names.digest}`], imageDigest },
            ];
          }),
        },
      },
    },
    role: {
      iam: { roles: each((at) => [`more-${at}`, { ...estate.iam.roles?.[names.appRole], RoleName: `more-${at}` }]) },
    },
    policy: {
      iam: {
        policies: each((at) => [
          arn(at),
          { ...estate.iam.policies?.[names.appPolicy], Arn: arn(at), PolicyName: `more-${at}` },
        ]),
        policyVersions: each((at) => [arn(at), estate.iam.policyVersions?.[names.appPolicy]]),
      },
    },
  };
  return merge(estate, patches[kind]);
}

/** The actions that one sweep calls, once for each call, without what follows from it. */
async function actions(audited: Account): Promise<string[]> {
  await using pipeline = await aPipeline({ handlers: fromSource(baseline), audited });
  const sweeper = aSweeper(pipeline, baseline);
  await sweeper.list('first');
  for (const region of [REGION, 'global']) await sweeper.sweep('first', { account: MEMBER, region });
  return pipeline.cloud.calls().flatMap(({ action }) => (action.startsWith('sts:') ? [] : [action]));
}

const calls = async (audited: Account): Promise<number> => (await actions(audited)).length;

/** Clusters beside the first, each with a security group of its own, and but for `without` of them with a log group. */
function withClusters(many: number, without = 0): Account {
  const estate = anEstate(MEMBER, REGION);
  const names = namesOf(MEMBER, REGION);
  const here = estate.regions[REGION];
  const sample = here?.clusters?.[names.cluster];
  const each = <T>(make: (name: string, group: string) => readonly [string, T]) =>
    Object.fromEntries(
      Array.from({ length: many }, (_, at) => make(`more-${at}`, `sg-${String(at).padStart(17, '0')}`)),
    );
  return merge(estate, {
    regions: {
      [REGION]: {
        clusters: each((name, clusterSecurityGroupId) => [
          name,
          { ...sample, name, resourcesVpcConfig: { ...sample?.resourcesVpcConfig, clusterSecurityGroupId } },
        ]),
        securityGroups: each((_, GroupId) => [
          GroupId,
          { ...here?.securityGroups?.[names.clusterGroup], GroupId, IpPermissions: [] },
        ]),
        logGroups: Object.fromEntries(
          Array.from({ length: many - without }, (_, at) => {
            const logGroupName = `/aws/eks/more-${at}/cluster`;
            return [logGroupName, { ...here?.logGroups?.[names.logGroup], logGroupName }];
          }),
        ),
      },
    },
  });
}

/** Calls for one more of each, batches of ten: docs/operating.md computes the cost with them. */
const FOR_TEN: Readonly<Record<Parameters<typeof with10>[0], number>> = {
  cluster: 30,
  nodegroup: 10,
  trail: 20,
  repository: 20,
  image: 10,
  role: 0,
  policy: 10,
};

it.each(Object.entries(FOR_TEN))('ten more of kind %s take %i more calls a sweep', async (kind, most) => {
  const before = await calls(anEstate(MEMBER, REGION));
  const after = await calls(with10(kind as keyof typeof FOR_TEN));
  expect(after - before).toBe(most);
});

it('forty more clusters with groups of their own take no more reads of log groups and security groups', async () => {
  const [few, many] = [await actions(anEstate(MEMBER, REGION)), await actions(withClusters(40, 5))];
  const more = (action: string) => [few, many].map((each) => each.filter((called) => called === action).length);
  expect(more('eks:DescribeCluster')).toEqual([1, 41]);
  expect(more('logs:DescribeLogGroups')).toEqual([1, 1]);
  expect(more('ec2:DescribeSecurityGroups')).toEqual([3, 3]);
});

it('the documentation has the same numbers', () => {
  const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'sweep.md'), 'utf8');
  const plural = (kind: string) => {
    const name = kind === 'nodegroup' ? 'node group' : kind;
    return name.endsWith('y') ? `${name.slice(0, -1)}ies` : `${name}s`;
  };
  const told = Object.keys(FOR_TEN).map((kind) => [kind, Number(page.match(`\\| ${plural(kind)} +\\| (\\d+) `)?.[1])]);
  expect(Object.fromEntries(told)).toEqual(FOR_TEN);
});

it('looks at who uses something before what it uses', () => {
  expect(kindsIn(REGION).map(({ kind }) => kind)).toEqual([
    'cluster',
    'nodegroup',
    'account-region',
    'image',
    'principal',
    'repository',
    'trail',
    'log-group',
    'security-group',
  ]);
  expect(kindsIn('global').map(({ kind }) => kind)).toEqual(['role', 'policy', 'principal']);
});
