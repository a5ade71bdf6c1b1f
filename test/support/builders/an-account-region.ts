import { accountRegion, type RecordingTrail } from '../../../shared/resources/account-region.ts';
import type { SubjectOf } from '../../../shared/resources/kind.ts';
import { laidOver, type Overrides } from './laid-over.ts';

export type AccountRegionSubject = SubjectOf<typeof accountRegion>;

const aWholeTrail = (): RecordingTrail => ({
  trail: {
    Name: 'management',
    TrailARN: 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/management',
    HomeRegion: 'eu-west-1',
    IsMultiRegionTrail: true,
    IsOrganizationTrail: false,
    HasInsightSelectors: false,
  },
  status: { logging: true, deliveryError: null },
  selectors: {
    basic: [
      { ReadWriteType: 'All', IncludeManagementEvents: true, DataResources: [], ExcludeManagementEventSources: [] },
    ],
    advanced: [],
  },
});

/** A trail that records all that is wanted, everywhere. */
export function aTrail(overrides: Overrides<RecordingTrail> = {}): RecordingTrail {
  return laidOver(aWholeTrail(), overrides);
}

/** An account in a region that just these trails record. */
export function recordedBy(...trails: readonly RecordingTrail[]): AccountRegionSubject {
  return {
    kind: accountRegion.kind,
    at: { kind: 'account-region', id: 'eu-west-1', account: '111122223333', region: 'eu-west-1' },
    partition: 'aws',
    usedBy: [],
    trailList: trails.map(({ trail }) => trail),
    facets: { trails },
  };
}

/** An account in a region that every control passes. */
export function anAccountRegion(overrides: Overrides<AccountRegionSubject> = {}): AccountRegionSubject {
  return laidOver(recordedBy(aTrail()), overrides);
}
