import { expect, it } from 'vitest';
import { CATALOGUE } from '../../../shared/controls/catalogue.ts';
import { EVENT_POLICIES } from './event-policies.ts';
import { PAIRS, pairsOf, policies } from './pairs.ts';
import { sharedWith } from './tools.ts';

it('every pair names a control that there is, once', () => {
  const ids = CATALOGUE.map(({ id }) => id);
  const named = PAIRS.map(({ control }) => control);
  expect(named.filter((control) => !ids.includes(control))).toEqual([]);
  expect(new Set(named).size).toBe(named.length);
});

it('what Prowler does not check is compared with Custodian alone', () => {
  const only = pairsOf('custodian').filter((pair) => !pairsOf('prowler').includes(pair));
  expect(only.map(({ control }) => control)).toEqual(['eks-auth-mode-api', 'node-no-ssh']);
  expect(sharedWith('prowler')).not.toBe(sharedWith('custodian'));
});

it('a policy has the name of its control', () => {
  const pair = { control: 'a', custodian: { resource: 'aws.eks', filters: [{ status: 'ACTIVE' }] } };
  expect(policies([pair])).toEqual({
    policies: [{ name: 'a', resource: 'aws.eks', filters: [{ status: 'ACTIVE' }] }],
  });
});

it('an event meets twenty policies of clusters, each by a name of its own', () => {
  expect(new Set(EVENT_POLICIES.map(({ name }) => name)).size).toBe(20);
  expect(EVENT_POLICIES.filter(({ resource }) => resource !== 'aws.eks')).toEqual([]);
});
