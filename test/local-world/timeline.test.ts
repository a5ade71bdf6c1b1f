import { afterEach, expect, it } from 'vitest';
import { type LocalWorld, localWorld } from '../support/local-world/local-world.ts';

const NOW = Date.parse('2026-03-02T09:00:00Z');

let world: LocalWorld;
afterEach(() => world.close());

it('says what keeps it from coming to rest', async () => {
  const again = () => void world.queues.rechecks.send({ body: 'again', delay: 60 });
  world = await localWorld({ now: NOW, handlers: { 'evaluate-resource': again } });
  again();
  await expect(world.untilIdle(600_000)).rejects.toThrow('not idle after 600000 ms: next is evaluate-resource polls');
});

it('runs a schedule as time goes by, without waiting for its end', async () => {
  world = await localWorld({ now: NOW, handlers: {} });
  const runs: number[] = [];
  world.every(3600, 'the hour', () => void runs.push((world.now() - NOW) / 3_600_000));
  await world.untilIdle();
  await world.advance(2 * 3_600_000);
  expect(runs).toEqual([1, 2]);
});
