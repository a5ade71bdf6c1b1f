import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { awsSession, type Session } from '../../shared/aws/session.ts';
import { CATALOGUE } from '../../shared/controls/catalogue.ts';
import type { AnyControl } from '../../shared/controls/define-control.ts';
import type { ResourceState } from '../../shared/findings/finding.ts';
import { looker } from '../../shared/findings/look.ts';
import { readState } from '../../shared/findings/state-table.ts';
import type { AnyKind } from '../../shared/resources/kind.ts';
import { KINDS } from '../../shared/resources/kinds.ts';
import { keyOf, type Resource } from '../../shared/resources/resource.ts';
import { aBaseline } from '../support/a-baseline.ts';
import { TestWorld } from '../support/a-world.ts';
import type { FaultKind } from '../support/cloud/audited/index.ts';
import { startAuditedAccounts } from '../support/cloud/audited/index.ts';
import { anEstate, estateOf, linkEstate } from '../support/estate.ts';
import { type MemoryTable, memoryTable } from '../support/memory-table.ts';

const ACCOUNT = '111122223333';
const REGION = 'eu-west-1';
const START = Date.parse('2026-11-20T10:00:00Z');
const ESTATE = estateOf(ACCOUNT, REGION);

/** What was asked for cannot be known: the control says nothing about it. */
const UNREADABLE: readonly FaultKind[] = ['denied', 'malformed', 'empty'];
/** AWS is unwell: nothing is said at all, and the resource is looked at later. */
const UNWELL: readonly FaultKind[] = ['throttled', '5xx', 'dropped', 'timeout'];

let cloud: Awaited<ReturnType<typeof startAuditedAccounts>>;
let calm: Session;
let hurried: Session;
let linked: MemoryTable;
let clock = START;

beforeAll(async () => {
  cloud = await startAuditedAccounts({ now: () => START, accounts: { [ACCOUNT]: anEstate(ACCOUNT, REGION) } });
  const session = (requestTimeout: number) =>
    awsSession({
      home: { account: ACCOUNT, region: REGION },
      now: () => clock,
      client: {
        requestTimeout,
        sdk: {
          endpoint: cloud.url,
          credentials: { accessKeyId: ACCOUNT, secretAccessKey: 'sample' },
          maxAttempts: 1,
        },
      },
    });
  calm = session(10_000);
  hurried = session(40);
  linked = memoryTable();
  await linkEstate(calm, linked, ESTATE);
});
afterAll(() => cloud.stop());

/** What a control reads of one kind: the base read, and the facets that it needs. */
function readsOf(control: AnyControl, kind: AnyKind): string[] {
  const facets = control.needs.flatMap((name) => kind.facets[name]?.actions ?? []);
  return [...new Set([...kind.actions, ...facets])].sort();
}

interface Situation {
  control: AnyControl;
  resource: Resource;
  table: MemoryTable;
  session: Session;
  at: number;
}

/** One look at a resource by one control, and what the table then says. */
async function look({ control, resource, table, session, at }: Situation) {
  clock = at;
  const world = new TestWorld(at);
  const outcome = await looker(
    { ...world, now: () => at, aws: session, table },
    aBaseline([control]),
  )({
    resource,
    seenAt: at,
    life: 'changed',
    why: 'event',
  });
  const state = await readState(table, resource);
  // One that was on its way before a facet failed belongs to no chain that stands, and ends when it comes.
  const ours = world.sent.filter(({ message }) => message.chain === state?.look?.chain);
  return { outcome, state, sent: ours.length, strays: world.sent.length - ours.length };
}

/** What came of a look, in one line. */
function wordOf(
  control: AnyControl,
  before: ResourceState | undefined,
  after: Awaited<ReturnType<typeof look>>,
): string {
  const { outcome, state, sent, strays } = after;
  if (outcome === 'later') {
    const same = (of: ResourceState | undefined) => JSON.stringify([of?.findings, of?.observedAt, of?.gone, of?.links]);
    return same(before) === same(state) && sent === 1 && strays <= 1
      ? 'looked at later'
      : 'later, but something changed';
  }
  const finding = state?.findings[control.id];
  if (finding?.unreadSince === undefined) return `${outcome}: ${finding?.state}`;
  return finding.unread?.missing === undefined ? 'unknown' : `unknown, missing ${finding.unread.missing}`;
}

const wanted = (fault: FaultKind, action: string): string => {
  if (UNWELL.includes(fault)) return 'looked at later';
  return fault === 'denied' ? `unknown, missing ${action}` : 'unknown';
};

/** Asks for all that there is of a kind, so that no facet waits for a control to be tried. */
function aControlOfAll(kind: AnyKind): AnyControl {
  const [any] = CATALOGUE;
  if (any === undefined) throw new Error('The catalogue is empty.');
  return {
    ...any,
    id: 'sample-of-everything',
    resources: [kind],
    needs: Object.keys(kind.facets),
    params: z.object({}),
    evaluate: ({ pass }) => pass(),
    shows: () => '',
    notJudged: {},
  };
}

const CONTROLS: readonly AnyControl[] = [...CATALOGUE, ...KINDS.map(aControlOfAll)];
const CELLS = CONTROLS.flatMap((control) =>
  control.resources
    .filter(({ base }) => base !== undefined)
    .map((kind) => [control.id, kind.kind, control, kind] as const),
);

it.each(CELLS)('U-01, H-01: %s on a %s: every read that fails, in every way', async (_, name, control, kind) => {
  const met: Record<string, string> = {};
  const asked = new Set<string>();
  for (const resource of ESTATE.filter((each) => each.kind === name)) {
    const table = memoryTable(linked.all());
    const sofar = new Map(calm.attempts());
    const { state: before } = await look({ control, resource, table, session: calm, at: START });
    // By the session's own count: what the hurried one gave up may reach the cloud later.
    const actions = [...calm.attempts()].flatMap(([action, times]) => (times === sofar.get(action) ? [] : [action]));
    for (const action of actions) {
      asked.add(action);
      for (const answer of [...UNREADABLE, ...UNWELL]) {
        const mend = cloud.fault({ when: { action }, answer });
        const again = memoryTable(table.all());
        const session = answer === 'timeout' ? hurried : calm;
        const after = await look({ control, resource, table: again, session, at: START + 3_600_000 });
        mend();
        const word = wordOf(control, before, after);
        if (word !== wanted(answer, action)) met[`${keyOf(resource)}: ${action} ${answer}`] = word;
      }
    }
  }
  expect(met).toEqual({});
  expect([...asked].sort()).toEqual(readsOf(control, kind));
});
