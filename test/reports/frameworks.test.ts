import { expect, it } from 'vitest';
import { CATALOGUE } from '../../shared/controls/catalogue.ts';
import { CIS_EKS } from '../../shared/reports/frameworks/cis-eks.ts';
import { frameworks } from '../../shared/reports/frameworks/index.ts';
import { SECURITY_HUB } from '../../shared/reports/frameworks/security-hub.ts';

/** How many recommendations each section of the CIS Amazon EKS Benchmark 1.8 has. */
const SECTIONS = {
  '2.1': 2,
  '3.1': 4,
  '3.2': 9,
  '4.1': 12,
  '4.2': 5,
  '4.3': 2,
  '4.4': 2,
  '4.5': 2,
  '5.1': 4,
  '5.2': 1,
  '5.3': 1,
  '5.4': 5,
  '5.5': 1,
};

const ids = Object.entries(SECTIONS).flatMap(([section, count]) =>
  Array.from({ length: count }, (_, at) => `${section}.${at + 1}`),
);

it('U-04: every id of CIS EKS 1.8 is listed once, and no other', () => {
  expect(CIS_EKS.map(({ id }) => id)).toEqual(ids);
});

it('U-04: each has a control, or one reason why not, never both', () => {
  const wrong = [
    [CIS_EKS, 'cis'],
    [SECURITY_HUB, 'securityHub'],
  ] as const;
  const found = wrong.flatMap(([all, key]) =>
    all.filter(({ id, manual, later }) => {
      const isJudged = CATALOGUE.some(({ references }) => references[key]?.includes(id));
      const reasons = [manual, later].filter((each) => each !== undefined);
      return isJudged ? reasons.length > 0 : reasons.length !== 1;
    }),
  );
  expect(found).toEqual([]);
});

it('U-04: no control refers to an id that CIS EKS 1.8 does not have', () => {
  expect(CATALOGUE.flatMap(({ references }) => references.cis ?? []).filter((id) => !ids.includes(id))).toEqual([]);
});

it('what is off answers to nothing', () => {
  const [cis] = frameworks([]);
  const status = (id: string) => cis?.requirements.find((each) => each.id === id);
  expect([status('5.4.1'), status('3.1.1')?.status]).toEqual([
    {
      id: '5.4.1',
      about: 'Who can reach the API endpoint',
      status: 'not yet',
      controls: [],
      why: 'The controls that answer to it are off.',
    },
    'manual',
  ]);
});
