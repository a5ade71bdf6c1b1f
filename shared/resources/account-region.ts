import type { Trail } from '@aws-sdk/client-cloudtrail';
import { combine, known, onFound, type Read } from '../aws/read.ts';
import type { Reader } from '../aws/reader.ts';
import { arnName, arnParts } from './arn.ts';
import { isId } from './ids.ts';
import { defineKind, type Locate } from './kind.ts';
import type { Link } from './resource.ts';
import { type TrailSelectors, type TrailStatus, trail, trailSelectors, trailStatus } from './trail.ts';

/** An account in one region: the trails that record it, those of other regions and of the organisation included. */
export interface RecordedRegion {
  trailList: readonly Trail[];
}

export interface RecordingTrail {
  trail: Trail;
  status: TrailStatus;
  selectors: TrailSelectors;
}

export type AccountRegionFacets = { trails: readonly RecordingTrail[] };

async function trails(reader: Reader, { trailList }: RecordedRegion): Promise<Read<RecordingTrail[]>> {
  const reads = trailList.map(async (each): Promise<Read<RecordingTrail>> => {
    const arn = onFound(known(each.TrailARN), 'cloudtrail:DescribeTrails', (found) => found);
    if (arn.outcome !== 'found') return arn;
    const [status, selectors] = await Promise.all([trailStatus(reader, arn.value), trailSelectors(reader, arn.value)]);
    const both = combine([status, selectors]);
    return onFound(both, 'cloudtrail:GetTrailStatus', (all) => ({ trail: each, status: all[0], selectors: all[1] }));
  });
  return combine(await Promise.all(reads));
}

/** By the trail's own account and home: there its events occur. */
function linkTo({ TrailARN = '', HomeRegion }: Trail): Link[] {
  const account = arnParts(TrailARN)?.account;
  const id = arnName(TrailARN, 'trail');
  if (!account || HomeRegion === undefined || !isId('trail', id)) return [];
  return [{ to: { kind: 'trail', id, account, region: HomeRegion }, as: 'trail' }];
}

/** Its own region at least; those that a trail records from elsewhere are reached by their link to it. */
const own: Locate = ({ region }) => [region];

export const accountRegion = defineKind<RecordedRegion, AccountRegionFacets>()({
  kind: 'account-region',
  called: 'account in a region',
  judged: 'every',
  actions: ['cloudtrail:DescribeTrails'],
  async base(reader) {
    const answer = await reader.read('cloudtrail:DescribeTrails', { includeShadowTrails: true });
    return onFound(answer, 'cloudtrail:DescribeTrails', ({ trailList }) => trailList && { trailList });
  },
  listing: { actions: [], list: async ({ region }) => ({ ids: [region], unread: [] }) },
  facets: {
    trails: { actions: ['cloudtrail:GetTrailStatus', 'cloudtrail:GetEventSelectors'], read: trails },
  },
  linksTo: ['trail'],
  links: ({ trailList }) => trailList.flatMap(linkTo),
  lifecycle: { created: [], deleted: [], tagged: [] },
  touchedBy: {
    'cloudtrail:CreateTrail': own,
    'cloudtrail:DeleteTrail': own,
    'cloudtrail:UpdateTrail': own,
    'cloudtrail:StartLogging': own,
    'cloudtrail:StopLogging': own,
    'cloudtrail:PutEventSelectors': own,
    'cloudtrail:PutInsightSelectors': own,
  },
  reachedThrough: [trail],
});
