import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compileBaseline } from '../../shared/baseline/compile.ts';
import { matchesGlob, matchesKey } from '../../shared/baseline/pattern.ts';
import { readBaseline } from '../../shared/baseline/read.ts';
import { DAY } from '../../shared/runtime/clock.ts';
import { SAMPLE_CONTROLS, SAMPLE_KNOWN, SAMPLE_NOW } from '../support/sample-catalogue.ts';

const PAYMENTS = '111122223333#eu-west-1#cluster#payments';
const complete = {
  control: 'sample-manual',
  resource: PAYMENTS,
  reason: 'It moves in spring.',
  requestedBy: 'anna',
  approvedBy: 'ben',
  until: '2027-11-21',
};

function problemsOf(waiver: object): string[] {
  const text = JSON.stringify({ catalogue: 1, controls: {}, waivers: [waiver] });
  const read = readBaseline(text, SAMPLE_KNOWN);
  return 'problems' in read ? read.problems.map(({ problem }) => problem) : [];
}

function without(key: keyof typeof complete) {
  return Object.fromEntries(Object.entries(complete).filter(([name]) => name !== key));
}

it('takes a waiver that lasts 365 days', () => {
  expect(problemsOf(complete)).toEqual([]);
});

it('takes one that has ended, because it covers nothing', () => {
  expect(problemsOf({ ...complete, until: '2020-01-01' })).toEqual([]);
});

it.each(['until', 'reason', 'approvedBy', 'requestedBy', 'resource'] as const)(
  'X-01: refuses a waiver without %s',
  (key) => {
    expect(problemsOf(without(key))).toEqual([`waivers[0].${key}: is missing: it must be text.`]);
  },
);

it('X-01: refuses a waiver that lasts longer than 365 days', () => {
  expect(problemsOf({ ...complete, until: '2027-11-22' })).toEqual([
    'waivers[0].until: must be at most 365 days from today: write 2027-11-21 or earlier.',
  ]);
});

it('X-02: refuses a waiver that its requester approves, however the name is written', () => {
  expect(problemsOf({ ...complete, approvedBy: ' ANNA ' })).toEqual([
    'waivers[0].approvedBy: must be another person than requestedBy.',
  ]);
});

const badResources: Record<string, string> = {
  payments:
    'must be account#region#kind#id, such as 111122223333#eu-west-1#cluster#payments, or glob: and such a key with *; got "payments".',
  'glob:*':
    'must be account#region#kind#id, such as 111122223333#eu-west-1#cluster#payments, or glob: and such a key with *; got "glob:*".',
  '111122223333#eu-west-1#cluster#*': 'a * needs glob: before the key; got "111122223333#eu-west-1#cluster#*".',
  'glob:111122223333#eu-west-1#cluster#(a+)+$':
    'only * stands for something in a glob; got "glob:111122223333#eu-west-1#cluster#(a+)+$".',
  'glob:prod#*#cluster#*': 'must begin with an account id of twelve digits; got "prod".',
  '111122223333#eu-west-1#nodegroup#a/b': 'sample-manual does not judge the kind nodegroup: write cluster.',
};
it.each(Object.entries(badResources))('X-05: refuses the resource %s', (resource, problem) => {
  expect(problemsOf({ ...complete, resource })).toEqual([`waivers[0].resource: ${problem}`]);
});

it.each([
  ['111122223333#eu-west-1#cluster#cluster-1', 'cluster-1'],
  ['glob:111122223333#*#cluster#cluster-1', 'cluster-1'],
  ['glob:*#eu-west-1#*#cluster-1', 'cluster-1'],
  ['glob:111122223333#eu-west-1#cluster#*r-1', 'cluster-1 my-cluster-1'],
  ['glob:111122223333#eu-west-1#cluster#*', 'cluster-1 cluster-10 my-cluster-1 cluster.1 a#b'],
  ['glob:*#cluster-1', ''],
])('X-05: %s covers exactly: %s', (resource, covered) => {
  const ids = ['cluster-1', 'cluster-10', 'my-cluster-1', 'cluster.1', 'a#b'];
  const found = ids.filter((id) => matchesKey(resource, `111122223333#eu-west-1#cluster#${id}`));
  expect(found.join(' ')).toBe(covered);
});

it('X-05: a pattern made to make a regular expression despair is settled', () => {
  expect(matchesGlob(`${'*a'.repeat(5000)}*b`, 'a'.repeat(100_000))).toBe(false);
});

it('X-05: matches as a table of all prefixes says', () => {
  const letters = fc.array(fc.constantFrom('a', 'b', '*', '.'), { maxLength: 8 }).map((all) => all.join(''));
  fc.assert(
    fc.property(letters, letters, (pattern, text) => {
      expect(matchesGlob(pattern, text)).toBe(slowly(pattern, text));
    }),
  );
});

function slowly(pattern: string, text: string): boolean {
  if (pattern === '') return text === '';
  if (pattern[0] === '*') return slowly(pattern.slice(1), text) || (text !== '' && slowly(pattern, text.slice(1)));
  return text !== '' && pattern[0] === text[0] && slowly(pattern.slice(1), text.slice(1));
}

it('X-03: a waiver holds through its last day in UTC and not a moment longer', () => {
  const data = { catalogue: 1, controls: {}, waivers: [{ ...complete, until: '2026-11-21' }] };
  const baseline = compileBaseline(data, SAMPLE_CONTROLS);
  const where = {
    resource: { account: '111122223333', region: 'eu-west-1', kind: 'cluster', id: 'payments' },
    clusters: ['payments'],
    tags: {},
  } as const;
  const midnight = Date.parse('2026-11-21') + DAY;
  expect(
    [SAMPLE_NOW, midnight - 1, midnight].map((now) => baseline.waiver('sample-manual', where, now)?.until),
  ).toEqual(['2026-11-21', '2026-11-21', undefined]);
});

it('takes the exact waiver before a glob, and a live one before one that has ended', () => {
  const waivers = [
    { ...complete, resource: 'glob:111122223333#*#cluster#*', reason: 'glob' },
    { ...complete, reason: 'ended', until: '2026-01-01' },
    { ...complete, reason: 'exact' },
    { ...complete, control: 'sample-approve', reason: 'another control' },
  ];
  const baseline = compileBaseline({ catalogue: 1, controls: {}, waivers }, SAMPLE_CONTROLS);
  const reasonFor = (control: string, id: string) =>
    baseline.waiver(
      control,
      { resource: { account: '111122223333', region: 'eu-west-1', kind: 'cluster', id }, clusters: [], tags: {} },
      SAMPLE_NOW,
    )?.reason;
  expect([
    reasonFor('sample-manual', 'payments'),
    reasonFor('sample-manual', 'lab'),
    reasonFor('sample-approve', 'lab'),
  ]).toEqual(['exact', 'glob', undefined]);
});
