import {
  CloudTrailClient,
  DescribeTrailsCommand,
  GetEventSelectorsCommand,
  GetTrailCommand,
  GetTrailStatusCommand,
  LookupEventsCommand,
} from '@aws-sdk/client-cloudtrail';

export const cloudtrail = {
  Client: CloudTrailClient,
  reads: {
    DescribeTrails: DescribeTrailsCommand,
    GetEventSelectors: GetEventSelectorsCommand,
    GetTrail: GetTrailCommand,
    GetTrailStatus: GetTrailStatusCommand,
    LookupEvents: LookupEventsCommand,
  },
  writes: {},
};
