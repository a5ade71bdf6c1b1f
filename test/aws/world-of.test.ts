import { expect, it } from 'vitest';
import { worldOf } from '../../shared/aws/world-of.ts';
import { memoryTable } from '../support/memory-table.ts';

const told = {
  log: { info: () => {}, warn: () => {}, error: () => {} },
  metrics: { count: () => {}, duration: () => {} },
};

it('has the parts it was given, and throws for any other', async () => {
  const table = memoryTable();
  const world = worldOf(told, { table });
  expect([world.table, world.log, world.metrics]).toEqual([table, told.log, told.metrics]);
  const lacks = (part: string) => `This function has no ${part}: name it where its world is made.`;
  await expect(world.parameter('kill')).rejects.toThrow(lacks('parameters'));
  await expect(world.secret('arn')).rejects.toThrow(lacks('secrets'));
  expect(() => world.aws.batch()).toThrow(lacks('OWN_ACCOUNT'));
});
