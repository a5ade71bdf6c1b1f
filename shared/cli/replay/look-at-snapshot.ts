import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { type MemoryTable, memoryTable } from '../../aws/memory-table.ts';
import { readSnapshot } from '../../aws/snapshot/file.ts';
import { replaying } from '../../aws/snapshot/replaying.ts';
import type { Snapshot } from '../../aws/snapshot/snapshot.ts';
import type { Item, World } from '../../aws/world.ts';
import type { Baseline } from '../../baseline/baseline.ts';
import type { Recheck } from '../../changes/change.ts';
import { groupOf } from '../../controls/catalogue.ts';
import type { Finding, ResourceState } from '../../findings/finding.ts';
import { interestOf } from '../../findings/interest.ts';
import { rechecksOf } from '../../findings/locator.ts';
import { looker } from '../../findings/look.ts';
import { noticeFor } from '../../notices/announce.ts';
import { headline } from '../../notices/wording.ts';
import { keyOf } from '../../resources/resource.ts';
import { stillWorld } from '../still-world.ts';
import { namedIn } from './named-in.ts';
import type { LocatedEvent, LookAtSnapshot, Seen } from './replayed.ts';

/** Judges what the events touch as the snapshot shows it, by the very looks of the deployed functions, over a table in memory. */
export const lookAtSnapshot: LookAtSnapshot = async (located, file, baseline) => {
  const snapshot = await readSnapshot(file);
  const { table, changes } = watched(await linksOf(snapshot, baseline));
  const world = worldIn(snapshot, table);
  const look = looker(world, baseline);
  const unread = new Map<string, Recheck>();
  for (const recheck of await latest(world, baseline, located)) {
    if ((await look(recheck)) === 'later') unread.set(keyOf(recheck.resource), recheck);
  }
  return seenIn(table, changes, unread, baseline);
};

/** At the time of the snapshot: what would come later is not waited for. */
function worldIn(snapshot: Snapshot, table: MemoryTable): World {
  return stillWorld({ at: Date.parse(snapshot.takenAt), aws: replaying(snapshot), table });
}

/** Looks at everything that the snapshot shows, and keeps only who uses what and which resources there are. */
async function linksOf(snapshot: Snapshot, baseline: Baseline): Promise<Item[]> {
  const table = memoryTable();
  const look = looker(worldIn(snapshot, table), baseline);
  const { read } = interestOf(baseline);
  for (const resource of namedIn(snapshot.reads).filter(({ kind }) => read.has(kind))) {
    await look({ resource, seenAt: Date.parse(snapshot.takenAt), life: 'changed', why: 'sweep' });
  }
  return table.all().filter(({ pk }) => pk.startsWith('link#') || pk.startsWith('known#'));
}

/** One recheck a resource, for the newest event about it; every sighting. A snapshot shows one moment only. */
async function latest(world: World, baseline: Baseline, located: readonly LocatedEvent[]): Promise<Recheck[]> {
  const interest = interestOf(baseline);
  const all: Recheck[] = [];
  for (const event of located) all.push(...(await rechecksOf(world, interest, event, world.now())));
  const newest = new Map<string, Recheck>();
  for (const recheck of all.filter(({ sighting }) => sighting === undefined)) {
    const key = keyOf(recheck.resource);
    if ((newest.get(key)?.cause?.time ?? 0) <= (recheck.cause?.time ?? 0))
      newest.set(key, { ...recheck, life: 'changed' });
  }
  return [...newest.values(), ...all.filter(({ sighting }) => sighting !== undefined)];
}

interface Change {
  before: ResourceState | undefined;
  after: ResourceState;
}

/** The table, and every change of a resource's item in it, as the stream would carry it. */
function watched(items: readonly Item[]): { table: MemoryTable; changes: Change[] } {
  const table = memoryTable(items);
  const changes: Change[] = [];
  const put = table.put.bind(table);
  table.put = async (item, expect) => {
    const before = (await table.get(item.pk, item.sk)) as ResourceState | undefined;
    const outcome = await put(item, expect);
    if (outcome === 'written' && item.sk === 'state') changes.push({ before, after: item as unknown as ResourceState });
    return outcome;
  };
  return { table, changes };
}

function seenIn(
  table: MemoryTable,
  changes: readonly Change[],
  unread: Map<string, Recheck>,
  baseline: Baseline,
): Seen {
  const states = table.all().filter(({ sk }) => sk === 'state') as unknown as ResourceState[];
  const notices = changes
    .filter(({ after }) => after.news === 1)
    .flatMap((change) => noticeFor(recordOf(change), baseline, { groupOf }) ?? []);
  return {
    verdicts: [
      ...states.flatMap(verdictsOf),
      ...[...unread.values()].flatMap((each) => unreadVerdicts(each, baseline)),
    ],
    findings: states.flatMap(findingsOf),
    notices: notices.map((notice) => ({ id: notice.id, text: headline(notice) })),
  };
}

function recordOf({ before, after }: Change): DynamoDBRecord {
  const image = (state: ResourceState | undefined) =>
    state && (marshall(state, { removeUndefinedValues: true }) as NonNullable<DynamoDBRecord['dynamodb']>['NewImage']);
  return { dynamodb: { NewImage: image(after) ?? {}, ...(before ? { OldImage: image(before) ?? {} } : {}) } };
}

const VERDICTS = { open: 'fail', waived: 'fail', fixing: 'fail', unsure: 'unknown', closed: 'pass' } as const;

function verdictsOf({ kind, id, account, region, findings }: ResourceState): object[] {
  return Object.entries(findings).map(([control, { state, closedBecause, unread }]) => {
    const verdict = closedBecause === 'not-applicable' ? 'not-applicable' : VERDICTS[state];
    return { kind, id, account, region, control, verdict, ...(unread ? { why: unread.why } : {}) };
  });
}

/** What the snapshot does not hold was not seen, and so is unknown. */
function unreadVerdicts({ resource }: Recheck, baseline: Baseline): object[] {
  const why = 'The snapshot does not hold all that would be read.';
  const rules = baseline.rules(resource.kind, { resource, clusters: [], tags: {} });
  return rules.map(({ control }) => ({ ...resource, control: control.id, verdict: 'unknown', why }));
}

function findingsOf({ pk, findings }: ResourceState): Seen['findings'][number][] {
  return Object.entries(findings)
    .filter(([, { state }]) => state !== 'closed')
    .map(([control, finding]) => ({ ...told(finding), control, resource: pk, text: textOf(finding) }));
}

function told({ state, severity, said, shows, cause, waiver, unread, notJudged }: Finding) {
  return { state, severity, said, ...defined({ shows, cause, waiver, unread, notJudged }) };
}

function textOf({ said, unread }: Finding): string {
  return said.map(({ text }) => text).join(' ') || (unread?.why ?? '');
}

function defined(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
