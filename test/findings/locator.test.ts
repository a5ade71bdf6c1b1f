import { beforeEach, expect, it } from 'vitest';
import { CATALOGUE } from '../../shared/controls/catalogue.ts';
import logging from '../../shared/controls/cluster/eks-control-plane-logging.ts';
import { knownKey } from '../../shared/findings/known.ts';
import { linkKey } from '../../shared/findings/links.ts';
import { locator } from '../../shared/findings/locator.ts';
import { at as fieldAt } from '../../shared/resources/json.ts';
import { keyOf, type Resource } from '../../shared/resources/resource.ts';
import { aBaseline } from '../support/a-baseline.ts';
import { TestWorld } from '../support/a-world.ts';
import { aSample } from '../support/samples.ts';

const ACCOUNT = '111122223333';
const at = (kind: Resource['kind'], id: string, region = 'eu-west-1'): Resource => ({
  kind,
  id,
  account: ACCOUNT,
  region,
});
const sent = (world: TestWorld) =>
  world.sent.map(({ message: { resource, why } }) => `${why} ${keyOf(resource)}`).sort();

let world: TestWorld;
beforeEach(() => {
  world = new TestWorld();
});

it('an event of a cluster asks for that cluster, with who did it and when it was seen', async () => {
  const outcome = await locator(world, aBaseline([logging]), ACCOUNT)(aSample('eks-UpdateClusterConfig'), world.clock);
  expect([outcome, sent(world)]).toEqual(['rechecked', ['event 111122223333#eu-west-1#cluster#payments']]);
  expect(world.sent[0]?.message.cause?.event).toBe('eks:UpdateClusterConfig');
});

it('an event that touches nothing of ours costs one table query and no call', async () => {
  const outcome = await locator(
    world,
    aBaseline(CATALOGUE),
    ACCOUNT,
  )(aSample('ec2-AuthorizeSecurityGroupIngress'), world.clock);
  expect([outcome, world.calls, world.table.calls]).toEqual([
    'touches nothing of ours',
    [],
    { get: 0, put: 0, remove: 0, query: 1, add: 0 },
  ]);
});

it('B-05, D-02: each resource is asked for once, however often an event names it', async () => {
  const locate = locator(world, aBaseline(CATALOGUE), ACCOUNT);
  await locate(aSample('eks-CreateCluster'), world.clock);
  expect(new Set(sent(world)).size).toBe(world.sent.length);
});

it('K-02, K-04: an event about an account that is not registered reads nothing', async () => {
  const outcome = await locator(
    world,
    aBaseline([logging]),
    '444455556666',
  )(aSample('eks-UpdateClusterConfig'), world.clock);
  expect([outcome, world.sent, world.counts]).toEqual([
    'account mismatch',
    [],
    { refusedOrigin: 1, 'ignored account mismatch': 1 },
  ]);
});

it.each([
  ['a source of anybody', { ...aSample('eks-UpdateClusterConfig'), source: 'com.example.eks' }, 'not from AWS'],
  [
    'another account in its detail than in its envelope',
    aSample('eks-UpdateClusterConfig', { recipientAccountId: '999988887777' }),
    'account mismatch',
  ],
])('K-03: an event with %s is refused, counted, and reads nothing', async (_, event, reason) => {
  const outcome = await locator(world, aBaseline([logging]), ACCOUNT)(event, world.clock);
  expect([outcome, world.sent, world.table.calls.query, world.counts]).toEqual([
    reason,
    [],
    0,
    { refusedOrigin: 1, [`ignored ${reason}`]: 1 },
  ]);
});

it.each([
  [
    'of its own account, where a hub only watches others',
    { ...aBaseline([logging]), accounts: ['999988887777'] },
    aSample('eks-UpdateClusterConfig'),
    'not watched',
  ],
  [
    'of a member of Inspector, which reports it itself',
    aBaseline(CATALOGUE),
    aSample('inspector2-Finding', { awsAccountId: '999988887777' }),
    'about another account',
  ],
])('K-03: an event %s is no forgery: it is ignored, and not counted as refused', async (_, baseline, event, reason) => {
  const outcome = await locator(world, baseline, ACCOUNT)(event, world.clock);
  expect([outcome, world.sent, world.counts]).toEqual([reason, [], { [`ignored ${reason}`]: 1 }]);
});

it('Z-02: a cut event asks for every known resource of its kind', async () => {
  for (const id of ['payments', 'search']) await world.table.put({ pk: knownKey(at('cluster', id)), sk: id });
  const cut = aSample('eks-UpdateClusterConfig', {
    requestParameters: { omitted: true },
    responseElements: null,
    resources: [],
  });
  await locator(world, aBaseline([logging]), ACCOUNT)(cut, world.clock);
  expect(sent(world)).toEqual([
    'event 111122223333#eu-west-1#cluster#payments',
    'event 111122223333#eu-west-1#cluster#search',
  ]);
});

it('Z-02: a cut event of a kind that is only located asks for all that might use it', async () => {
  await world.table.put({ pk: knownKey(at('nodegroup', 'payments/blue')), sk: 'payments/blue' });
  const cut = aSample('ec2-CreateRoute', { requestParameters: null, resources: [] });
  await locator(world, aBaseline(CATALOGUE), ACCOUNT)(cut, world.clock);
  expect(sent(world)).toEqual(['link 111122223333#eu-west-1#nodegroup#payments/blue']);
});

it('an event of a security group asks for it and for those whose controls want to know, once something uses it', async () => {
  const event = aSample('ec2-AuthorizeSecurityGroupIngress');
  const id = String(fieldAt(event.detail, 'requestParameters', 'groupId'));
  const user = at('nodegroup', 'payments/blue');
  await world.table.put({
    pk: linkKey(at('security-group', id)),
    sk: keyOf(user),
    as: ['launch template'],
    clusters: ['payments'],
  });
  await locator(world, aBaseline(CATALOGUE), ACCOUNT)(event, world.clock);
  expect(sent(world)).toEqual([
    `event 111122223333#eu-west-1#security-group#${id}`,
    'link 111122223333#eu-west-1#nodegroup#payments/blue',
  ]);
});
