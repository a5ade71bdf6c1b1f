import type { AdvancedEventSelector, EventSelector } from '@aws-sdk/client-cloudtrail';
import type { RecordingTrail } from '../resources/account-region.ts';
import type { TrailSelectors } from '../resources/trail.ts';

/** What a trail may record beyond management events. */
export const DETAILS = ['insights', 'data'] as const;
export type Detail = (typeof DETAILS)[number];

/** What is wrong with one trail as the record of all that is changed in an account. */
export interface TrailFlaws {
  name: string;
  oneRegion: boolean;
  ownAccountOnly: boolean;
  stopped: boolean;
  deliveryError: string | null;
  /** Calls that change something are not recorded, or not all of them. */
  gaps: boolean;
  /** Services with very many calls that its selectors leave out. */
  leavesOut: readonly string[];
  lacks: readonly Detail[];
}

export interface Wanted {
  organisation: boolean;
  details: readonly Detail[];
}

const READ_WRITE: readonly unknown[] = [undefined, 'All', 'WriteOnly', 'ReadOnly'];

/** The only services that basic selectors can leave out. */
const LEAVABLE = ['kms.amazonaws.com', 'rdsdata.amazonaws.com'];

/** What a selector leaves out of the management calls that write; undefined: it does not record them all. */
type LeftOut = readonly string[] | undefined;

/** A basic selector that says nothing records everything. */
function ofBasic({ IncludeManagementEvents, ReadWriteType, ExcludeManagementEventSources }: EventSelector): LeftOut {
  const writes = ReadWriteType === undefined || ReadWriteType === 'All' || ReadWriteType === 'WriteOnly';
  return IncludeManagementEvents !== false && writes ? (ExcludeManagementEventSources ?? []) : undefined;
}

/** Any field but these three narrows a selector: then it does not record all. */
function ofAdvanced({ FieldSelectors = [] }: AdvancedEventSelector): LeftOut {
  let management = false;
  const leftOut: string[] = [];
  for (const { Field, ...operators } of FieldSelectors) {
    const said = Object.entries(operators).filter(([, each]) => each?.length);
    const [operator, ...more] = said.map(([name]) => name);
    const values = said.flatMap(([, each]) => each ?? []);
    const is = (name: string, wanted: string) => Field === name && operator === wanted && more.length === 0;
    if (is('eventCategory', 'Equals') && values.includes('Management')) management = true;
    else if (is('eventSource', 'NotEquals')) leftOut.push(...values);
    else if (!(is('readOnly', 'Equals') && values.includes('false'))) return undefined;
  }
  return management ? leftOut : undefined;
}

/** Selectors add up: what one leaves out, another may record. */
function leftOutBy({ basic, advanced }: TrailSelectors): LeftOut {
  const each = [...basic.map(ofBasic), ...advanced.map(ofAdvanced)].filter((one) => one !== undefined);
  const [first, ...others] = each;
  return first?.filter((source) => others.every((other) => other.includes(source)));
}

function details({ trail, selectors }: RecordingTrail): Set<Detail> {
  const data =
    selectors.basic.some(({ DataResources = [] }) => DataResources.length > 0) ||
    selectors.advanced.some(({ FieldSelectors = [] }) =>
      FieldSelectors.some(({ Field, Equals = [] }) => Field === 'eventCategory' && Equals.includes('Data')),
    );
  return new Set<Detail>([
    ...(trail.HasInsightSelectors ? ['insights' as const] : []),
    ...(data ? ['data' as const] : []),
  ]);
}

/** A value that AWS added to what basic selectors say of reads and writes: then gaps are only a guess. */
export function addedReadWriteType(trails: readonly RecordingTrail[]): string | undefined {
  const types = trails.flatMap(({ selectors }) => selectors.basic.map(({ ReadWriteType }) => ReadWriteType));
  return types.find((type) => !READ_WRITE.includes(type));
}

function flawsOf(recording: RecordingTrail, { organisation, details: wanted }: Wanted): TrailFlaws {
  const { trail, status, selectors } = recording;
  const leftOut = leftOutBy(selectors);
  const gaps = leftOut === undefined || leftOut.some((source) => !LEAVABLE.includes(source));
  const has = details(recording);
  return {
    name: trail.Name ?? trail.TrailARN ?? 'without a name',
    oneRegion: trail.IsMultiRegionTrail !== true,
    ownAccountOnly: organisation && trail.IsOrganizationTrail !== true,
    stopped: !status.logging,
    deliveryError: status.deliveryError,
    gaps,
    leavesOut: gaps ? [] : [...leftOut].sort(),
    lacks: wanted.filter((detail) => !has.has(detail)),
  };
}

/** The higher, the less of a record it is; 0 has no flaw. */
function badness({ oneRegion, ownAccountOnly, stopped, deliveryError, gaps, leavesOut, lacks }: TrailFlaws): number {
  const grave = [oneRegion, ownAccountOnly, stopped, deliveryError !== null, gaps].filter(Boolean).length;
  return grave * 100 + Math.min(leavesOut.length, 9) * 10 + lacks.length;
}

/** The flaws of the best trail there is; undefined where there is none. */
export function leastFlaws(trails: readonly RecordingTrail[], wanted: Wanted): TrailFlaws | undefined {
  const [first, ...others] = trails.map((trail) => flawsOf(trail, wanted));
  return others.reduce((best, next) => (best && badness(next) < badness(best) ? next : best), first);
}
