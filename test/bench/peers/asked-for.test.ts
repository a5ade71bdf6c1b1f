import { expect, it } from 'vitest';
import { askedFor } from './asked-for.ts';
import { short, timesMore } from './ratios.ts';

const SIZES = { clusters: 100, nodegroups: 5, repositories: 200, images: 5, roles: 1000 };

it('measures everything with both peers, unless it is told otherwise', () => {
  expect(askedFor([])).toEqual({
    parts: ['scans', 'slope', 'pace', 'events'],
    peers: ['prowler', 'custodian'],
    rounds: 3,
    sizes: SIZES,
    small: { ...SIZES, clusters: 10, repositories: 20 },
  });
  const asked = askedFor(['--no-prowler', '--only', 'pace', '--rounds', '1', '--clusters', '4', '--json', 'a.json']);
  expect(asked).toEqual({
    ...{ parts: ['pace'], peers: ['custodian'], rounds: 1, json: 'a.json' },
    sizes: { ...SIZES, clusters: 4 },
    small: { ...SIZES, clusters: 1, repositories: 20 },
  });
  expect(askedFor(['--help'])).toBeUndefined();
});

it('refuses in a sentence what cannot be meant', () => {
  expect(() => askedFor(['--only', 'speed'])).toThrow('There is no part speed: ask for scans, slope, pace, events.');
  expect(() => askedFor(['--rounds', '0'])).toThrow('--rounds "0" is no count: give a whole number from 1 to 10000.');
  expect(() => askedFor(['--fast'])).toThrow(RangeError);
});

it('a ratio is the median of those of each round', () => {
  expect(timesMore([1, 2, 4], [10, 10, 10])).toBe(5);
  expect(() => timesMore([1, 2], [1])).toThrow('Both have to run in every round.');
  expect(() => timesMore([], [])).toThrow(RangeError);
});

it('figures have three digits that count', () => {
  expect([short(1234), short(0.012345), short(69.96)]).toEqual([1230, 0.0123, 70]);
});
