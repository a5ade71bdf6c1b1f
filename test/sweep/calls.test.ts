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
function with10(kind: 'cluster' | 'repository' | 'image' | 'role' | 'policy'): Account {
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

/** Calls to AWS that one sweep makes, without what follows from it. */
async function calls(audited: Account): Promise<number> {
  await using pipeline = await aPipeline({ handlers: fromSource(baseline), audited });
  const sweeper = aSweeper(pipeline, baseline);
  await sweeper.list('first');
  for (const region of [REGION, 'global']) await sweeper.sweep('first', { account: MEMBER, region });
  return pipeline.cloud.calls().filter(({ action }) => !action.startsWith('sts:')).length;
}

/** Calls for one more of each, batches of ten: docs/operating.md computes the cost with them. */
const FOR_TEN: Readonly<Record<Parameters<typeof with10>[0], number>> = {
  cluster: 54,
  repository: 20,
  image: 10,
  role: 31,
  policy: 20,
};

it.each(Object.entries(FOR_TEN))('ten more of kind %s take %i more calls a sweep', async (kind, most) => {
  const before = await calls(anEstate(MEMBER, REGION));
  const after = await calls(with10(kind as keyof typeof FOR_TEN));
  expect(after - before).toBe(most);
});

it('the documentation has the same numbers', () => {
  const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'sweep.md'), 'utf8');
  const plural = (kind: string) => (kind.endsWith('y') ? `${kind.slice(0, -1)}ies` : `${kind}s`);
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
