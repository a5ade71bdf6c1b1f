import type { AdvancedEventSelector, EventSelector, Trail } from '@aws-sdk/client-cloudtrail';
import { onFound, type Read } from '../aws/read.ts';
import type { Reader } from '../aws/reader.ts';
import { arnName, arnParts } from './arn.ts';
import { firstId } from './ids.ts';
import { text } from './json.ts';
import { defineKind, type Listed, type Locate } from './kind.ts';
import { listedIn } from './listed.ts';

export interface TrailStatus {
  logging: boolean;
  /** What S3 said when the last delivery failed; null where it did not. */
  deliveryError: string | null;
}

/** Exactly one of the two lists is in use. */
export interface TrailSelectors {
  basic: readonly EventSelector[];
  advanced: readonly AdvancedEventSelector[];
}

export type TrailFacets = { status: TrailStatus; selectors: TrailSelectors };

/** `name` may be an ARN: that of a trail whose home is another region or account needs it. */
export async function trailStatus(reader: Reader, name: string): Promise<Read<TrailStatus>> {
  const answer = await reader.read('cloudtrail:GetTrailStatus', { Name: name });
  return onFound(answer, 'cloudtrail:GetTrailStatus', ({ IsLogging, LatestDeliveryError }) =>
    IsLogging === undefined ? undefined : { logging: IsLogging, deliveryError: LatestDeliveryError || null },
  );
}

export async function trailSelectors(reader: Reader, name: string): Promise<Read<TrailSelectors>> {
  const answer = await reader.read('cloudtrail:GetEventSelectors', { TrailName: name });
  return onFound(answer, 'cloudtrail:GetEventSelectors', ({ EventSelectors, AdvancedEventSelectors }) =>
    EventSelectors === undefined && AdvancedEventSelectors === undefined
      ? undefined
      : { basic: EventSelectors ?? [], advanced: AdvancedEventSelectors ?? [] },
  );
}

/** `name` of a request, in some calls `trailName`, may be a name or an ARN. */
const named: Locate = ({ request, response }) => {
  const asked = [text(request, 'name'), text(request, 'trailName'), text(response, 'trailARN'), text(response, 'name')];
  return firstId('trail', ...asked.map((name) => name && (arnName(name, 'trail') ?? name)));
};

/** At home in this region and account; those of others are listed there. */
async function list(reader: Reader): Promise<Listed> {
  const answer = await reader.read('cloudtrail:DescribeTrails', { includeShadowTrails: false });
  return listedIn('trail', answer, 'cloudtrail:DescribeTrails', ({ trailList }) =>
    trailList?.flatMap(({ TrailARN = '', Name, HomeRegion }) =>
      HomeRegion === reader.region && arnParts(TrailARN)?.account === reader.account ? [Name] : [],
    ),
  );
}

export const trail = defineKind<Trail, TrailFacets>()({
  kind: 'trail',
  called: 'CloudTrail trail',
  judged: 'every',
  actions: ['cloudtrail:GetTrail'],
  base: async (reader, { id }) =>
    onFound(await reader.read('cloudtrail:GetTrail', { Name: id }), 'cloudtrail:GetTrail', (answer) => answer.Trail),
  listing: { actions: ['cloudtrail:DescribeTrails'], list },
  facets: {
    status: { actions: ['cloudtrail:GetTrailStatus'], read: (reader, _, { id }) => trailStatus(reader, id) },
    selectors: { actions: ['cloudtrail:GetEventSelectors'], read: (reader, _, { id }) => trailSelectors(reader, id) },
  },
  lifecycle: { created: ['cloudtrail:CreateTrail'], deleted: ['cloudtrail:DeleteTrail'], tagged: [] },
  touchedBy: {
    'cloudtrail:CreateTrail': named,
    'cloudtrail:DeleteTrail': named,
    'cloudtrail:UpdateTrail': named,
    'cloudtrail:StartLogging': named,
    'cloudtrail:StopLogging': named,
    'cloudtrail:PutEventSelectors': named,
    'cloudtrail:PutInsightSelectors': named,
  },
  reachedThrough: [],
});
