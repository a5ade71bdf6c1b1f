import { beforeEach, expect, it } from 'vitest';
import type { Recheck } from '../../shared/changes/change.ts';
import logging from '../../shared/controls/cluster/eks-control-plane-logging.ts';
import secrets from '../../shared/controls/cluster/eks-secrets-cmk.ts';
import ingress from '../../shared/controls/node/node-sg-ingress.ts';
import type { ResourceState } from '../../shared/findings/finding.ts';
import { knownOf } from '../../shared/findings/known.ts';
import { linkChanges, usesOf } from '../../shared/findings/links.ts';
import { looker } from '../../shared/findings/look.ts';
import { keyOf, type Resource } from '../../shared/resources/resource.ts';
import { aBaseline } from '../support/a-baseline.ts';
import { TestWorld } from '../support/a-world.ts';

const where = { account: '111122223333', region: 'eu-west-1' };
const payments: Resource = { ...where, kind: 'cluster', id: 'payments' };
const group: Resource = { ...where, kind: 'security-group', id: 'sg-0a1b2c3d4e5f60718' };
const role: Resource = { ...where, region: 'global', kind: 'role', id: 'payments-node' };

let world: TestWorld;
beforeEach(() => {
  world = new TestWorld();
});

const answers = (groups: string[], more: object = {}) => {
  world.answers['eks:DescribeCluster'] = () => ({
    cluster: {
      name: 'payments',
      status: 'ACTIVE',
      createdAt: new Date('2026-01-05T08:00:00Z'),
      resourcesVpcConfig: { clusterSecurityGroupId: groups[0], securityGroupIds: groups.slice(1) },
      ...more,
    },
  });
};
const event = (resource = payments): Recheck => ({ resource, seenAt: world.clock, life: 'changed', why: 'event' });
const stored = async (resource = payments) =>
  (await world.table.get(keyOf(resource), 'state')) as ResourceState | undefined;
/** Holds the first call of a method of the table that matches, until it is let go. */
const held = (method: 'put' | 'remove', matches: (key: string, item?: unknown) => boolean) => {
  const reached = Promise.withResolvers<void>();
  const gate = Promise.withResolvers<void>();
  const table = world.table as unknown as Record<string, (...given: unknown[]) => Promise<unknown>>;
  const own = table[method]?.bind(world.table);
  table[method] = async (...given) => {
    const key = typeof given[0] === 'string' ? given[0] : (given[0] as { pk: string }).pk;
    if (matches(key, given[0])) {
      table[method] = own as never;
      reached.resolve();
      await gate.promise;
    }
    return own?.(...given);
  };
  return { reached: reached.promise, go: () => gate.resolve() };
};

it('a refused facet keeps the links that were known, each once, however often it is looked at', async () => {
  const look = looker(world, aBaseline([secrets, ingress]));
  answers([group.id], {
    encryptionConfig: [
      {
        resources: ['secrets'],
        provider: { keyArn: 'arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f' },
      },
    ],
  });
  world.answers['kms:DescribeKey'] = () => ({ outcome: 'refused' });
  await look(event());
  const first = (await stored())?.links;
  for (let n = 0; n < 5; n += 1) {
    world.clock += 600_000;
    await look(event());
  }
  expect((await stored())?.links).toEqual(first);
});

it('a link that says something new is written, and its far end looked at again', () => {
  const links = [{ to: role, as: 'cluster role' }];
  const changes = linkChanges(
    payments,
    { links, clusters: ['payments'] },
    { links: [...links, { to: role, as: 'node role' }], clusters: ['payments'] },
  );
  expect([changes.put.length, changes.changed, changes.removed]).toEqual([1, [role], []]);
});

it('a link that a newer look has written again is not taken away by an older one', async () => {
  const look = looker(world, aBaseline([logging, ingress]));
  answers([group.id]);
  await look(event());
  world.clock += 600_000;
  answers([]);
  const { reached, go } = held('remove', (key) => key.startsWith('link#'));
  const older = look(event());
  await reached;
  world.clock += 20_000;
  answers([group.id]);
  await look(event());
  go();
  await older;
  expect((await stored())?.links.some(({ to }) => to.id === group.id)).toBe(true);
  expect((await usesOf(world.table, group)).map(({ by }) => by)).toEqual([payments]);
});

it('a look that comes too late leaves no link behind', async () => {
  const look = looker(world, aBaseline([logging, ingress]));
  answers([]);
  await look(event());
  world.clock += 600_000;
  answers([group.id]);
  const { reached, go } = held('put', (key) => key.startsWith('link#'));
  const older = look(event());
  await reached;
  world.clock += 20_000;
  answers([]);
  await look(event());
  go();
  expect(await older).toBe('stale');
  expect(await usesOf(world.table, group)).toEqual([]);
});

it('what died before it took a link away is made good by the second look', async () => {
  const look = looker(world, aBaseline([logging, ingress]));
  answers([group.id]);
  await look(event());
  world.sent.length = 0;
  world.clock += 600_000;
  answers([]);
  world.answers['ec2:DescribeSecurityGroups'] = () => ({ outcome: 'refused' });
  const remove = world.table.remove.bind(world.table);
  world.table.remove = async () => {
    throw new Error('killed');
  };
  await expect(look(event())).rejects.toThrow('killed');
  world.table.remove = remove;
  await world.settle(look);
  expect(await usesOf(world.table, group)).toEqual([]);
  expect(await stored(group)).toMatchObject({ gone: 'unused' });
});

it('a cluster made again while its deletion is still being stored stays known', async () => {
  const look = looker(world, aBaseline([logging]));
  answers([]);
  await look(event());
  world.clock += 600_000;
  world.answers['eks:DescribeCluster'] = () => ({ outcome: 'gone' });
  const { reached, go } = held('remove', (key) => key.startsWith('known#'));
  const older = look(event());
  await reached;
  world.clock += 20_000;
  answers([], { createdAt: new Date('2026-11-21T03:00:00Z') });
  await look(event());
  go();
  await older;
  expect(await knownOf(world.table, where.account, where.region, 'cluster')).toEqual([payments]);
});
