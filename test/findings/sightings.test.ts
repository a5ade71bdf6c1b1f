import { beforeEach, expect, it } from 'vitest';
import type { Recheck, Sighting } from '../../shared/changes/change.ts';
import control from '../../shared/controls/account/api-tls-version.ts';
import type { ResourceState } from '../../shared/findings/finding.ts';
import { looker } from '../../shared/findings/look.ts';
import { keyOf, type Resource } from '../../shared/resources/resource.ts';
import { aBaseline, type Wish } from '../support/a-baseline.ts';
import { TestWorld } from '../support/a-world.ts';

const resource: Resource = {
  kind: 'principal',
  id: 'arn:aws:iam::111122223333:user/old',
  account: '111122223333',
  region: 'eu-west-1',
};
const DAY = 86_400_000;

let world: TestWorld;
beforeEach(() => {
  world = new TestWorld();
});

const seen = (n: number, time = world.clock + n): Recheck => {
  const sighting: Sighting = { resource, event: 'eks:CreateCluster', eventId: `e-${n}`, time, tlsVersion: 'TLSv1.1' };
  return { resource, seenAt: time, life: 'changed', why: 'event', sighting };
};
const play = async (rechecks: readonly Recheck[], wish: Wish = {}) => {
  const look = looker(world, aBaseline([control], wish));
  for (const recheck of rechecks) await look(recheck);
};
const finding = async () =>
  ((await world.table.get(keyOf(resource), 'state')) as ResourceState | undefined)?.findings['api-tls-version'];

it('a repeated sighting counts once, in whatever order they come', async () => {
  const rechecks = [3, 1, 2, 3, 1, 2].map((n) => seen(n));
  await play(rechecks);
  expect(await finding()).toMatchObject({
    state: 'open',
    seen: { count: 3, last: world.clock + 3, eventIds: ['e-3', 'e-1', 'e-2'] },
  });
  expect(world.calls).toEqual([]);
});

it('sixty sightings are sixty, though only the last fifty ids are kept', async () => {
  await play(Array.from({ length: 60 }, (_, n) => seen(n)));
  await play([seen(59), seen(10)]);
  const now = (await finding())?.seen;
  expect([now?.count, now?.eventIds.length, now?.eventIds[0]]).toEqual([60, 50, 'e-10']);
});

it('a waiver covers sightings too', async () => {
  const waiver = {
    control: 'api-tls-version',
    resource: keyOf(resource),
    reason: 'Being replaced.',
    requestedBy: 'ana',
    approvedBy: 'bo',
    until: '2026-11-30',
  };
  await play([seen(1)], { waivers: [waiver] });
  expect(await finding()).toMatchObject({ state: 'waived', waiver: { until: '2026-11-30' } });
});

it('a finding ends when nothing was seen for its quiet days, and a later sighting opens it again', async () => {
  await play([seen(1)]);
  world.clock += 29 * DAY;
  const sweep: Recheck = { resource, seenAt: world.clock, life: 'changed', why: 'sweep' };
  await play([sweep]);
  expect((await finding())?.state).toBe('open');
  world.clock += 2 * DAY;
  await play([sweep]);
  expect(await finding()).toMatchObject({ state: 'closed', closedBecause: 'quiet' });
  await play([seen(2)]);
  expect(await finding()).toMatchObject({ state: 'open', seen: { count: 2 } });
});
