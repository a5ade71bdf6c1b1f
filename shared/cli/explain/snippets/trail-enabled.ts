import { cloudFormation } from './files.ts';
import { block, resource } from './hcl.ts';
import { aws } from './shell.ts';
import { hasReason, type Place, type Snippets, told } from './snippet.ts';

const trail = (place: Place) => told(place, 'trail') ?? 'eks-warden-trail';
const ALL = [{ ReadWriteType: 'All', IncludeManagementEvents: true, ExcludeManagementEventSources: [] }];

export const trailEnabled: Snippets = {
  cli(place) {
    const name = trail(place);
    const { region } = place.resource;
    const isThere = !hasReason(place, 'none', 'noneOfName');
    const change = { name, isMultiRegionTrail: true, region };
    return [
      isThere
        ? aws('cloudtrail update-trail', change)
        : `${aws('cloudtrail create-trail', { ...change, s3BucketName: 'BUCKET_NAME' })} # a bucket that CloudTrail may write to`,
      aws('cloudtrail put-event-selectors', { trailName: name, eventSelectors: ALL, region }),
      aws('cloudtrail start-logging', { name, region }),
      aws('cloudtrail get-trail-status', { name, region }),
    ];
  },
  console: (place) => [
    `In CloudTrail, Trails, choose ${trail(place)}, or create it for all Regions.`,
    'Start logging if it is stopped; under Management events take Read and Write, with no service excluded, and save.',
  ],
  terraform: (place) =>
    resource('aws_cloudtrail', trail(place), {
      name: trail(place),
      s3_bucket_name: 'BUCKET_NAME',
      is_multi_region_trail: true,
      enable_logging: true,
      event_selector: block({ read_write_type: 'All', include_management_events: true }),
    }),
  cloudformation: (place) =>
    cloudFormation('Trail', 'CloudTrail::Trail', {
      TrailName: trail(place),
      S3BucketName: 'BUCKET_NAME',
      IsMultiRegionTrail: true,
      IsLogging: true,
      EventSelectors: [{ ReadWriteType: 'All', IncludeManagementEvents: true }],
    }),
  eksctl: { none: 'It does not manage trails.' },
};
