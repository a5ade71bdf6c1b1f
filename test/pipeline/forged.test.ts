import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { awsSession } from '../../shared/aws/session.ts';
import type { AwsBatch } from '../../shared/aws/world.ts';
import { loadBaseline } from '../../shared/baseline/load.ts';
import type { Recheck } from '../../shared/changes/change.ts';
import { locator } from '../../shared/findings/locator.ts';
import { looker } from '../../shared/findings/look.ts';
import { readState } from '../../shared/findings/state-table.ts';
import { TestWorld } from '../support/a-world.ts';
import { startAuditedAccounts } from '../support/cloud/audited/index.ts';
import { anEstate, estateOf, linkEstate } from '../support/estate.ts';
import { fromSource } from '../support/from-source.ts';
import { chance } from '../support/local-world/chance.ts';
import { memoryTable } from '../support/memory-table.ts';
import {
  ALL,
  aBaselineFile,
  aPipeline,
  HUB,
  LOGGING,
  loggingOf,
  MEMBER,
  PAYMENTS,
  REGION,
  START,
} from '../support/pipeline.ts';
import { aSample, SAMPLE_NAMES } from '../support/samples.ts';

const { baseline } = loadBaseline(aBaselineFile(ALL), 'baseline.yml', START);
const linked = memoryTable();
let cloud: Awaited<ReturnType<typeof startAuditedAccounts>>;
/** Remembers what it read: the account stays as it is. */
let batch: AwsBatch;

beforeAll(async () => {
  cloud = await startAuditedAccounts({ now: () => START, accounts: { [MEMBER]: anEstate(MEMBER, REGION) } });
  const at = (patch: object, ...path: string[]) => cloud.change(MEMBER, patch, ['regions', REGION, ...path]);
  at(loggingOf(true, 'api'), 'clusters', PAYMENTS.id);
  at({ resourcesVpcConfig: { endpointPublicAccess: true }, deletionProtection: false }, 'clusters', PAYMENTS.id);
  at({ imageTagMutability: 'MUTABLE' }, 'repositories', 'payments-api');
  const credentials = { accessKeyId: MEMBER, secretAccessKey: 'sample' };
  const home = { account: MEMBER, region: REGION };
  const session = awsSession({ home, now: () => START, client: { sdk: { endpoint: cloud.url, credentials } } });
  await linkEstate(session, linked, estateOf(MEMBER, REGION));
  batch = session.batch();
});
afterAll(() => cloud.stop());

const CLAIMS = [true, false, null, 0, '', 'ACTIVE', 'IMMUTABLE', '0.0.0.0/0', '10.0.0.0/8', [], {}, 'deleted', '*'];

/** An event some of whose values were replaced by whoever wrote it. */
function forged(name: string, seed: number): unknown {
  const random = chance(seed);
  const share = random() * 0.3;
  return JSON.parse(JSON.stringify(aSample(name)), (key, value) => {
    const isOurs = ['detail', 'account', 'region', 'source', 'detail-type', ''].includes(key);
    return isOurs || random() >= share ? value : CLAIMS[Math.floor(random() * CLAIMS.length)];
  });
}

/** What a look at a resource makes of it: its findings, without when and why they came about. */
async function verdicts(recheck: Recheck): Promise<unknown> {
  const world = new TestWorld(START);
  const table = memoryTable(linked.all());
  await looker({ ...world, now: () => START, table }, baseline)(recheck, batch);
  const { findings = {}, gone } = (await readState(table, recheck.resource)) ?? {};
  return [gone, Object.entries(findings).map(([control, { state, said, shows }]) => [control, state, said, shows])];
}

/** What was just created and is not found is looked at later, and has no verdict yet: that is E-04. */
it('Z-03: whatever the body of an event says, the verdict is that of a read without any event', async () => {
  let looks = 0;
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...SAMPLE_NAMES), fc.nat(), async (name, seed) => {
      const world = new TestWorld(START);
      const table = memoryTable(linked.all());
      await locator({ ...world, now: () => START, table }, baseline, HUB)(forged(name, seed), START);
      for (const { message } of world.sent.filter(({ message: { sighting } }) => sighting === undefined)) {
        const { resource } = message;
        const plain: Recheck = { resource, seenAt: START, life: 'changed', why: 'sweep' };
        const life = message.life === 'created' ? 'changed' : message.life;
        expect(await verdicts({ ...message, life })).toEqual(await verdicts(plain));
        looks += 1;
      }
    }),
    { numRuns: 1000 },
  );
  expect(looks).toBeGreaterThan(300);
});

it('K-04: no forged event makes us write, or call anywhere but in the accounts that are registered', async () => {
  await using pipeline = await aPipeline({ handlers: fromSource(baseline), audited: anEstate(MEMBER, REGION) });
  for (const [at, name] of SAMPLE_NAMES.entries()) {
    pipeline.world.put(forged(name, at), at * 200);
    pipeline.world.put({ ...(forged(name, at) as object), account: '999988887777' }, at * 200);
  }
  await pipeline.world.untilIdle();
  expect(pipeline.writes()).toEqual([]);
  const accounts = new Set(pipeline.cloud.calls().map(({ account }) => account));
  expect([...accounts].sort()).toEqual([MEMBER, HUB]);
  const strangers = (await pipeline.world.items()).filter(({ pk }) => String(pk).includes('999988887777'));
  expect(strangers).toEqual([]);
});

it('K-04: an event that claims that all is well again resolves nothing', async () => {
  await using pipeline = await aPipeline({ handlers: fromSource(baseline) });
  pipeline.cloud.change(MEMBER, loggingOf(true, 'api'), ['regions', REGION, 'clusters', PAYMENTS.id]);
  const claim = (types: string[]) =>
    aSample('eks-UpdateClusterConfig', { requestParameters: { name: 'payments', ...loggingOf(true, ...types) } });
  pipeline.world.put(claim(['api']));
  await pipeline.world.untilIdle();
  const open = await pipeline.finding(LOGGING);
  pipeline.world.put(claim(['api', 'audit', 'authenticator', 'controllerManager', 'scheduler']));
  pipeline.world.put({ ...aSample('eks-DeleteCluster'), id: '00000000-0000-4000-8000-00000000000c' });
  await pipeline.world.untilIdle();
  expect(open?.state).toBe('open');
  expect(await pipeline.finding(LOGGING)).toEqual(open);
});
