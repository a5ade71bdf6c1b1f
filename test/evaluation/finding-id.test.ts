import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CATALOGUE } from '../../shared/controls/catalogue.ts';
import { KINDS } from '../../shared/resources/kinds.ts';
import { keyOf, type Resource, resourceOf } from '../../shared/resources/resource.ts';

/** A finding's id: where its item stands in the table, and the control within the item. */
const findingId = (resource: Resource, control: string) => `${keyOf(resource)}#${control}`;

const ACCOUNTS = ['111122223333', '111122223330', '444455556666', '000000000001'];
const REGIONS = ['eu-west-1', 'eu-west-10', 'us-gov-west-1', 'cn-north-1', 'global'];
/** Names that run into each other where they are put together carelessly. */
const NAMES = [
  'a',
  'b',
  'a/b',
  'a-b',
  'a#b',
  'a#',
  '#a',
  'a@b',
  'a:b',
  'cluster',
  'cluster#a',
  'a#cluster#b',
  'A',
  'a b',
];

it('O-01: a hundred thousand findings of all kinds and controls have as many ids', () => {
  const clusters = Array.from({ length: 12 }, (_, at) => `c${at}`);
  const all = ACCOUNTS.flatMap((account) =>
    REGIONS.flatMap((region) =>
      KINDS.flatMap(({ kind }) =>
        [...NAMES, ...clusters.flatMap((cluster) => [cluster, `${cluster}/${cluster}`])].flatMap((id) =>
          CATALOGUE.map((control) => findingId({ kind, id, account, region }, control.id)),
        ),
      ),
    ),
  );
  expect(all.length).toBeGreaterThan(100_000);
  expect(new Set(all).size).toBe(all.length);
});

it('O-01: an id says which finding it is, whatever the name of the resource', () => {
  const resource = fc.record({
    kind: fc.constantFrom(...KINDS.map(({ kind }) => kind)),
    id: fc.oneof(fc.constantFrom(...NAMES), fc.string({ minLength: 1, unit: 'binary' })),
    account: fc.stringMatching(/^\d{12}$/),
    region: fc.constantFrom(...REGIONS),
  });
  fc.assert(
    fc.property(resource, (one) => {
      expect(resourceOf(keyOf(one))).toEqual(one);
    }),
    { numRuns: 5000 },
  );
});

it('O-01: an id never changes: it is written out here', () => {
  const resource: Resource = {
    kind: 'nodegroup',
    id: 'payments/workers',
    account: '111122223333',
    region: 'eu-west-1',
  };
  expect(findingId(resource, 'node-no-ssh')).toBe('111122223333#eu-west-1#nodegroup#payments/workers#node-no-ssh');
});
