import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { z } from 'zod';
import type { Item, World } from '../aws/world.ts';
import type { Baseline } from '../baseline/baseline.ts';
import type { Finding, ResourceState, State } from '../findings/finding.ts';
import { MINUTE } from '../runtime/clock.ts';
import { PoisonMessage } from '../runtime/errors.ts';
import { type AnnouncerOptions, announcer, noticeFor } from './announce.ts';
import { sentMark } from './told-once.ts';

/** What Lambda puts aside of a stream: where it stopped, and no record. After a day the stream has none either. */
const lost = z.object({
  DDBStreamBatchInfo: z.object({
    approximateArrivalOfFirstRecord: z.iso.datetime({ offset: true }),
    approximateArrivalOfLastRecord: z.iso.datetime({ offset: true }),
    batchSize: z.number(),
  }),
});

/** When changes were written that could not be announced (ms), and how many. */
export interface Lost {
  from: number;
  to: number;
  count: number;
}

/** A finding's time is that of the look, which is older than the write and what the stream says of it. */
const LOOK_BEFORE = 15 * MINUTE;
const CLOCKS = MINUTE;

/** What the message of a stream's on-failure queue says. Throws `PoisonMessage` for anything else. */
export function lostIn(body: string): Lost {
  const read = lost.safeParse(safely(body));
  if (!read.success) throw new PoisonMessage('The message does not say which changes were lost.');
  const { approximateArrivalOfFirstRecord, approximateArrivalOfLastRecord, batchSize } = read.data.DDBStreamBatchInfo;
  return {
    from: Date.parse(approximateArrivalOfFirstRecord) - LOOK_BEFORE,
    to: Date.parse(approximateArrivalOfLastRecord) + CLOCKS,
    count: batchSize,
  };
}

function safely(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch (cause) {
    throw new PoisonMessage('The message is no JSON.', { cause });
  }
}

/** One step of a finding as history has it. */
interface Step extends Item {
  control: string;
  from: State;
  to: State;
  at: number;
  finding: Finding;
}

/** Steps that came by one write: they make one notice. */
interface Written {
  version: number;
  steps: readonly { control: string; from: State; finding: Finding; isNow: boolean }[];
}

/**
 * Tells what was lost of one resource, from its item and its history as they are now: under the id that the notice would
 * have had, so that what was told after all is not told again. What has changed since is not told as it was. Resolves
 * to how many notices went out; throws where one could not.
 */
export async function tellLost(
  world: World,
  baseline: Baseline,
  options: AnnouncerOptions,
  state: ResourceState,
  lostThen: readonly Lost[],
): Promise<number> {
  const isLost = ({ since }: Finding) => lostThen.some(({ from, to }) => since >= from && since <= to);
  if (!Object.values(state.findings).some(isLost)) return 0;
  const history = (await world.table.query(state.pk, { prefix: 'history#' })) as Step[];
  let told = 0;
  const { announce } = announcer({ ...world, notices: counting(world, () => told++) }, baseline, options);
  for (const { version, steps } of writtenIn(state, history, isLost)) {
    const notice = noticeFor(recordOf(state, version, steps), baseline, options);
    const isTold = notice && (await world.table.get(notice.key, sentMark(notice))) !== undefined;
    if (isTold) continue;
    const { batchItemFailures } = await announce([
      recordOf(
        state,
        version,
        steps.filter(({ isNow }) => isNow),
      ),
    ]);
    if (batchItemFailures.length > 0) throw new Error(`What changed on ${state.pk} could not be told.`);
  }
  return told;
}

function counting({ notices }: World, count: () => void): World['notices'] {
  return {
    async publish(notice) {
      await notices.publish(notice);
      count();
    },
  };
}

/** The writes that brought what stands now and was lost: as history has them, or as one of now where it has none. */
function writtenIn(state: ResourceState, history: readonly Step[], isLost: (finding: Finding) => boolean): Written[] {
  const current = Object.entries(state.findings).filter(([, finding]) => isLost(finding));
  const isNow = ({ control, to, at }: Step) => {
    const finding = state.findings[control];
    return finding?.state === to && finding.since === at;
  };
  const known = new Map(history.filter(isNow).map((step) => [step.control, versionOf(step)]));
  const versions = new Set(current.flatMap(([control]) => known.get(control) ?? []));
  const unknown = current.filter(([control]) => !known.has(control));
  const lastTo = (control: string) => history.findLast((step) => step.control === control)?.to ?? 'closed';
  const groups = [...versions].map((version) => ({
    version,
    steps: history
      .filter((step) => versionOf(step) === version)
      .map((step) => ({ control: step.control, from: step.from, finding: step.finding, isNow: isNow(step) })),
  }));
  const fresh = unknown.map(([control, finding]) => ({ control, from: lastTo(control), finding, isNow: true }));
  return fresh.length === 0 ? groups : [...groups, { version: state.version, steps: fresh }];
}

/** `history#0000000007#control#open` */
function versionOf({ sk }: Step): number {
  return Number(sk.split('#')[1]);
}

/** A record as the stream would have had it, of these steps and no others. */
function recordOf(state: ResourceState, version: number, steps: Written['steps']): DynamoDBRecord {
  const { news: _, ...item } = state;
  const before = steps.flatMap(({ control, from, finding }) =>
    from === 'closed' ? [] : [[control, { ...finding, state: from }] as const],
  );
  const after = steps.map(({ control, finding }) => [control, finding] as const);
  const image = (findings: readonly (readonly [string, Finding])[], at: number) =>
    marshall(
      { ...item, version: at, findings: Object.fromEntries(findings) },
      { removeUndefinedValues: true },
    ) as never;
  return {
    eventName: 'MODIFY',
    dynamodb: { SequenceNumber: '0', OldImage: image(before, version - 1), NewImage: image(after, version) },
  };
}
