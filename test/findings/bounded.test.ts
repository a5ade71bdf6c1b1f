import { expect, it } from 'vitest';
import logging from '../../shared/controls/cluster/eks-control-plane-logging.ts';
import { bounded, MOST_FINDING_BYTES, MOST_ITEM_BYTES } from '../../shared/findings/bounded.ts';
import type { Finding, ResourceState } from '../../shared/findings/finding.ts';
import { unseen } from '../../shared/findings/later.ts';
import { linkKey } from '../../shared/findings/links.ts';
import { looker } from '../../shared/findings/look.ts';
import { keyOf, type Resource } from '../../shared/resources/resource.ts';
import { aBaseline } from '../support/a-baseline.ts';
import { TestWorld } from '../support/a-world.ts';

const resource: Resource = { kind: 'cluster', id: 'payments', account: '111122223333', region: 'eu-west-1' };
const bytes = (value: unknown) => Buffer.byteLength(JSON.stringify(value));
const saying = (text: string, times: number): ResourceState => {
  const said = Array.from({ length: times }, () => ({
    reason: 'wide',
    severity: 'high' as const,
    text,
    data: { a: text, b: text, c: text, d: text },
  }));
  const finding: Finding = { state: 'open', severity: 'high', said, since: 0 };
  return { ...unseen({ resource, seenAt: 0, life: 'changed', why: 'event' }), findings: { wide: finding } };
};

it.each([
  ['plain', 'x'.repeat(5_000)],
  ['of three bytes each', '語'.repeat(5_000)],
  ['that JSON escapes', '\u0001"\\'.repeat(5_000)],
  ['half a pair each', '\ud83d'.repeat(5_000)],
])('DY-04: what a finding says stays within its size, with letters %s', (_, text) => {
  const { said = [] } = bounded(saying(text, 30)).findings.wide ?? {};
  expect(bytes(said)).toBeLessThanOrEqual(MOST_FINDING_BYTES);
  expect(said[0]?.text).toMatch(/… \(\d+ characters, sha256 [0-9a-f]{12}\)/);
  expect(said.at(-1)?.text).toMatch(/ \(and \d+ more\)$/);
});

it('a short finding is left as it is', () => {
  const state = saying('Logs are off.', 1);
  expect(bounded(state)).toEqual(state);
});

it('DY-04: an item that would be larger than DynamoDB takes is written, with the count and hash of what was cut', async () => {
  const world = new TestWorld();
  const tags = Object.fromEntries(Array.from({ length: 50 }, (_, n) => [`tag-${n}`, 'v'.repeat(256)]));
  const wide = saying('x'.repeat(20_000), 30);
  const findings = Object.fromEntries(Array.from({ length: 21 }, (_, n) => [`control-${n}`, wide.findings.wide]));
  const whole = { ...wide, tags, findings } as ResourceState;
  expect(bytes(whole)).toBeGreaterThan(400_000);
  const state = bounded(whole);
  expect(await world.table.put(state as never)).toBe('written');
  expect(bytes(state)).toBeLessThanOrEqual(MOST_ITEM_BYTES);
  expect(state.findings['control-20']?.said[0]?.text).toMatch(/… \(20000 characters, sha256 [0-9a-f]{12}\)/);
});

it('DY-04: links beyond the size of the item stand as link items, and are not taken for new ones again', async () => {
  const world = new TestWorld();
  const look = looker(world, aBaseline([logging]));
  const subnetIds = Array.from({ length: 2_000 }, (_, n) => `subnet-${n.toString(16).padStart(17, '0')}`);
  const cluster = { name: 'payments', status: 'ACTIVE', resourcesVpcConfig: { subnetIds } };
  world.answers['eks:DescribeCluster'] = () => ({ cluster });
  await look({ resource, seenAt: world.clock, life: 'changed', why: 'event' });
  await world.settle(look);
  const state = await world.table.get(keyOf(resource), 'state');
  expect(bytes(state)).toBeLessThanOrEqual(MOST_ITEM_BYTES);
  const linked = subnetIds.map(
    async (id) => (await world.table.query(linkKey({ ...resource, kind: 'subnet', id }))).length,
  );
  expect(new Set(await Promise.all(linked))).toEqual(new Set([1]));
  expect(state?.surplus).toBeGreaterThan(0);
  expect([world.calls.length, state?.look]).toEqual([2, undefined]);
});
