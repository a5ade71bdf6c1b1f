import { isId } from '../../../resources/ids.ts';
import { cloudFormation } from './files.ts';
import { block, resource } from './hcl.ts';
import { aws } from './shell.ts';
import { hasReason, type Place, type Snippets, told } from './snippet.ts';

/** The name that the finding says, unless no trail can have it. */
function trail(place: Place): string {
  const name = told(place, 'trail');
  return isId('trail', name) ? name : 'eks-warden-trail';
}

const ALL = { ReadWriteType: 'All', IncludeManagementEvents: true, ExcludeManagementEventSources: [] };
const isOfOrganisation = (place: Place) => hasReason(place, 'ownAccountOnly');
const lacks = (place: Place, detail: string) =>
  hasReason(place, 'lacks') && (told(place, 'details') ?? '').split(' and ').includes(detail);
/** Every object of every bucket. */
const dataResources = ({ partition }: Place) => [
  { Type: 'AWS::S3::Object', Values: [['arn', partition, 's3'].join(':')] },
];
const selectors = (place: Place) => [lacks(place, 'data') ? { ...ALL, DataResources: dataResources(place) } : ALL];

function made(place: Place): string[] {
  const { region } = place.resource;
  const name = trail(place);
  return [
    '# A bucket that CloudTrail may write to in place of BUCKET_NAME:',
    aws('cloudtrail create-trail', { name, s3BucketName: 'BUCKET_NAME', isMultiRegionTrail: true, region }),
    aws('cloudtrail start-logging', { name, region }),
  ];
}

/** The call for each thing that is wrong with a trail, and for nothing else. */
function changed(place: Place): string[] {
  const { region } = place.resource;
  const name = trail(place);
  const isNarrow = hasReason(place, 'gaps', 'leavesOut') || lacks(place, 'data');
  return [
    '# A trail is changed in its home Region: that in place of this one, where it is another.',
    aws('cloudtrail describe-trails', { query: 'trailList[].[Name,HomeRegion,S3BucketName]', region }),
    ...(hasReason(place, 'oneRegion')
      ? [aws('cloudtrail update-trail', { name, isMultiRegionTrail: true, region })]
      : []),
    ...(isOfOrganisation(place)
      ? [
          '# With the management account of the organisation, which must trust CloudTrail:',
          aws('cloudtrail update-trail', { name, isOrganizationTrail: true, region }),
        ]
      : []),
    ...(isNarrow
      ? [
          '# This replaces what it records: keep what else you need of it.',
          aws('cloudtrail get-event-selectors', { trailName: name, region }),
          aws('cloudtrail put-event-selectors', { trailName: name, eventSelectors: selectors(place), region }),
        ]
      : []),
    ...(lacks(place, 'insights')
      ? [
          aws('cloudtrail put-insight-selectors', {
            trailName: name,
            insightSelectors: [{ InsightType: 'ApiCallRateInsight' }, { InsightType: 'ApiErrorRateInsight' }],
            region,
          }),
        ]
      : []),
    ...(hasReason(place, 'stopped') ? [aws('cloudtrail start-logging', { name, region })] : []),
    ...(hasReason(place, 'undelivered')
      ? ['# Let CloudTrail write to that bucket, and use its key, by their policies; it tries again by itself.']
      : []),
  ];
}

export const trailEnabled: Snippets = {
  cli: (place) => [
    ...(hasReason(place, 'none', 'noneOfName') ? made(place) : changed(place)),
    aws('cloudtrail get-trail-status', { name: trail(place), region: place.resource.region }),
  ],
  console: (place) => [
    `In CloudTrail, Trails, choose ${trail(place)}, or create it for all Regions.`,
    'Start logging if it is stopped; under Management events take Read and Write, with no service excluded, and save.',
  ],
  terraform: (place) =>
    resource('aws_cloudtrail', trail(place), {
      name: trail(place),
      s3_bucket_name: 'BUCKET_NAME',
      is_multi_region_trail: true,
      ...(isOfOrganisation(place) ? { is_organization_trail: true } : {}),
      enable_logging: true,
      event_selector: block({ read_write_type: 'All', include_management_events: true }),
    }),
  cloudformation: (place) =>
    cloudFormation('Trail', 'CloudTrail::Trail', {
      TrailName: trail(place),
      S3BucketName: 'BUCKET_NAME',
      IsMultiRegionTrail: true,
      ...(isOfOrganisation(place) ? { IsOrganizationTrail: true } : {}),
      IsLogging: true,
      EventSelectors: [{ ReadWriteType: 'All', IncludeManagementEvents: true }],
    }),
  eksctl: { none: 'It does not manage trails.' },
};
