import { afterAll, beforeAll, expect, it } from 'vitest';
import { memoryTable } from '../../shared/aws/memory-table.ts';
import { awsSession } from '../../shared/aws/session.ts';
import type { Item } from '../../shared/aws/world.ts';
import { worldOf } from '../../shared/aws/world-of.ts';
import { CATALOGUE } from '../../shared/controls/catalogue.ts';
import { lookedAt } from '../../shared/controls/looked-at.ts';
import { looksOf } from '../../shared/controls/reads.ts';
import type { ResourceState } from '../../shared/findings/finding.ts';
import { looker } from '../../shared/findings/look.ts';
import { keyOf } from '../../shared/resources/resource.ts';
import { MINUTE } from '../../shared/runtime/clock.ts';
import { aBaseline } from '../support/a-baseline.ts';
import { startAuditedAccounts } from '../support/cloud/audited/index.ts';
import { anEstate, estateOf } from '../support/estate.ts';

const ACCOUNT = '111122223333';
const REGION = 'eu-west-1';
const baseline = aBaseline(CATALOGUE);
const actions = [...new Set(looksOf(baseline.controls))].sort();
const clock = { now: Date.UTC(2026, 10, 21) };

let cloud: Awaited<ReturnType<typeof startAuditedAccounts>>;
let linked: Item[];
let whole: Map<string, Told>;
beforeAll(async () => {
  const accounts = { [ACCOUNT]: anEstate(ACCOUNT, REGION) };
  cloud = await startAuditedAccounts({ now: () => clock.now, accounts });
  await lookAtAll([]);
  whole = await lookAtAll(linked);
});
afterAll(() => cloud.stop());

/** What one finding says: its state, why it closed, and the permission that it misses. */
type Told = `${string} ${string} ${string}`;

/** Looks at the whole estate with a new table that knows nothing but who uses what. */
async function lookAtAll(known: readonly Item[]): Promise<Map<string, Told>> {
  const table = memoryTable(known);
  const sdk = { endpoint: cloud.url, credentials: { accessKeyId: ACCOUNT, secretAccessKey: 'sample' } };
  const aws = awsSession({
    home: { account: ACCOUNT, region: REGION },
    now: () => clock.now,
    sleep: async () => {},
    client: { sdk },
  });
  const silent = () => {};
  const world = worldOf(
    { log: { info: silent, warn: silent, error: silent }, metrics: { count: silent, duration: silent } },
    { now: () => clock.now, random: () => 0.5, aws, table, rechecks: { send: async () => {} } },
  );
  const look = looker(world, baseline);
  for (const resource of estateOf(ACCOUNT, REGION).filter(({ kind }) => lookedAt(baseline.controls).has(kind))) {
    clock.now += 5 * MINUTE;
    await look({ resource, seenAt: clock.now, life: 'changed', why: 'sweep' });
  }
  linked = table.all().filter(({ pk }) => pk.startsWith('link#') || pk.startsWith('known#'));
  const states = table.all().filter(({ sk }) => sk === 'state') as unknown as ResourceState[];
  return new Map(
    states.flatMap((state) =>
      Object.entries(state.findings).map(([control, { state: now, closedBecause = '', unread }]): [string, Told] => [
        `${keyOf(state)}#${control}`,
        `${now} ${closedBecause} ${unread?.missing ?? ''}`,
      ]),
    ),
  );
}

it.each(actions)('S-01: without %s what needs it is unsure and says so, and nothing passes instead', async (action) => {
  const end = cloud.fault({ when: { action }, answer: 'denied' });
  const less = await lookAtAll(linked);
  end();
  const changed = [...new Set([...whole.keys(), ...less.keys()])].filter((id) => whole.get(id) !== less.get(id));
  const unsure: Told = `unsure  ${action}`;
  expect(changed.filter((id) => less.get(id) !== unsure)).toEqual([]);
  expect(changed.length > 0 || action in UNNEEDED).toBe(true);
});

/** What is needed all the same, and why it does not show here. */
const UNNEEDED: Readonly<Record<string, string>> = {
  'inspector2:ListFindings': 'ECR asks Inspector in the name of whoever asks for findings; here nobody checks that.',
};
