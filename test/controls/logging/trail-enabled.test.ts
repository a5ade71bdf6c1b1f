import type { AdvancedFieldSelector, EventSelector } from '@aws-sdk/client-cloudtrail';
import control from '../../../shared/controls/logging/trail-enabled.ts';
import { anAccountRegion, aTrail, recordedBy } from '../../support/builders.ts';
import { testControl } from '../../support/test-control.ts';

const basic = (...selectors: EventSelector[]) => recordedBy(aTrail({ selectors: { basic: selectors } }));

const advanced = (...selectors: AdvancedFieldSelector[][]) =>
  recordedBy(aTrail({ selectors: { basic: [], advanced: selectors.map((FieldSelectors) => ({ FieldSelectors })) } }));

const management = { Field: 'eventCategory', Equals: ['Management'] };
const trail = 'management';

testControl(control, {
  passes: {
    'one trail for all Regions and calls': { subject: anAccountRegion(), shows: 'management: logging' },
    'a trail of the organisation, from another account and Region': {
      subject: recordedBy(
        aTrail({
          trail: {
            TrailARN: 'arn:aws:cloudtrail:us-east-1:444455556666:trail/organisation',
            HomeRegion: 'us-east-1',
            IsOrganizationTrail: true,
          },
        }),
      ),
      params: { requireOrgTrail: true },
    },
    'one good trail beside a bad one': {
      subject: recordedBy(
        aTrail({ trail: { Name: 'old', IsMultiRegionTrail: false }, status: { logging: false } }),
        aTrail(),
      ),
    },
    'only the trail that the baseline names counts': {
      subject: recordedBy(aTrail({ trail: { Name: 'other' }, status: { logging: false } }), aTrail()),
      params: { trailName: 'management' },
    },
    'calls that write only': { subject: basic({ ReadWriteType: 'WriteOnly' }) },
    'a basic selector that says nothing, and so records all': { subject: basic({}) },
    'left out by one selector, recorded by another': {
      subject: basic({ ExcludeManagementEventSources: ['kms.amazonaws.com'] }, { ReadWriteType: 'All' }),
    },
    'advanced selectors for all management events': { subject: advanced([management]) },
    'advanced selectors with lists that are empty': {
      subject: advanced([{ ...management, NotEquals: [], StartsWith: [] }]),
    },
    'advanced selectors for management events that write': {
      subject: advanced([management, { Field: 'readOnly', Equals: ['false'] }]),
    },
    'insights and data events, where the baseline asks for them': {
      subject: recordedBy(
        aTrail({
          trail: { HasInsightSelectors: true },
          selectors: {
            basic: [{}, { DataResources: [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3'] }] }],
          },
        }),
      ),
      params: { expectedDetails: ['insights', 'data'] },
    },
    'data events by advanced selectors, where the baseline asks for them': {
      subject: advanced(
        [management],
        [
          { Field: 'eventCategory', Equals: ['Data'] },
          { Field: 'resources.type', Equals: ['AWS::S3::Object'] },
        ],
      ),
      params: { expectedDetails: ['data'] },
    },
    'U-05: a new value in one selector, all that is wanted in another': {
      subject: basic({ ReadWriteType: 'WriteAndDelete' as 'All' }, { ReadWriteType: 'All' }),
    },
  },

  fails: {
    'no trail': {
      shows: 'no trail',
      subject: recordedBy(),
      message: 'none',
      data: { region: 'eu-west-1' },
      severity: 'critical',
    },
    'no trail of the name that the baseline wants': {
      subject: anAccountRegion(),
      params: { trailName: 'audit' },
      message: 'noneOfName',
      data: { trail: 'audit', region: 'eu-west-1' },
    },
    'a trail for its home Region only': {
      subject: recordedBy(aTrail({ trail: { IsMultiRegionTrail: false } })),
      message: 'oneRegion',
      data: { trail },
      severity: 'critical',
    },
    'no word on Regions': {
      subject: recordedBy(aTrail({ trail: { IsMultiRegionTrail: undefined } })),
      message: 'oneRegion',
      data: { trail },
    },
    'a trail of this account only, where the organisation should have one': {
      subject: anAccountRegion(),
      params: { requireOrgTrail: true },
      message: 'ownAccountOnly',
      data: { trail },
    },
    'logging stopped': {
      shows: 'management: stopped',
      subject: recordedBy(aTrail({ status: { logging: false } })),
      message: 'stopped',
      data: { trail },
    },
    'a bucket that takes nothing': {
      subject: recordedBy(aTrail({ status: { deliveryError: 'AccessDenied' } })),
      message: 'undelivered',
      data: { trail, error: 'AccessDenied' },
    },
    'calls that read only': { subject: basic({ ReadWriteType: 'ReadOnly' }), message: 'gaps', data: { trail } },
    'no management events': {
      subject: basic({ IncludeManagementEvents: false, ReadWriteType: 'All' }),
      message: 'gaps',
      data: { trail },
    },
    'no selectors': { subject: basic(), message: 'gaps', data: { trail } },
    'KMS left out': {
      subject: basic({ ReadWriteType: 'All', ExcludeManagementEventSources: ['kms.amazonaws.com'] }),
      message: 'leavesOut',
      data: { trail, sources: 'kms.amazonaws.com' },
      severity: 'medium',
    },
    'KMS and the RDS Data API left out by advanced selectors': {
      subject: advanced([
        management,
        { Field: 'eventSource', NotEquals: ['rdsdata.amazonaws.com', 'kms.amazonaws.com'] },
      ]),
      message: 'leavesOut',
      data: { trail, sources: 'kms.amazonaws.com, rdsdata.amazonaws.com' },
    },
    'EKS itself left out': {
      subject: advanced([management, { Field: 'eventSource', NotEquals: ['eks.amazonaws.com'] }]),
      message: 'gaps',
      data: { trail },
    },
    'advanced selectors for calls that read': {
      subject: advanced([management, { Field: 'readOnly', Equals: ['true'] }]),
      message: 'gaps',
      data: { trail },
    },
    'advanced selectors for some calls only': {
      subject: advanced([management, { Field: 'eventName', NotEquals: ['DeleteCluster'] }]),
      message: 'gaps',
      data: { trail },
    },
    'advanced selectors for the calls of one service': {
      subject: advanced([management, { Field: 'eventSource', Equals: ['kms.amazonaws.com'] }]),
      message: 'gaps',
      data: { trail },
    },
    'advanced selectors that name no category': {
      subject: advanced([{ Field: 'readOnly', Equals: ['false'] }]),
      message: 'gaps',
      data: { trail },
    },
    'no data events, where the baseline asks for them': {
      subject: advanced([management]),
      params: { expectedDetails: ['data'] },
      message: 'lacks',
      data: { trail, details: 'data' },
      severity: 'info',
    },
    'advanced selectors for data events only': {
      subject: advanced([{ Field: 'eventCategory', Equals: ['Data'] }]),
      message: 'gaps',
      data: { trail },
    },
    'several trails, of which the best is told': {
      subject: recordedBy(
        aTrail({ trail: { Name: 'worst', IsMultiRegionTrail: false }, status: { logging: false } }),
        aTrail({ trail: { Name: 'best' }, status: { logging: false } }),
        aTrail({ trail: { Name: 'second' }, status: { logging: false, deliveryError: 'NoSuchBucket' } }),
      ),
      message: 'stopped',
      data: { trail: 'best' },
    },
    'two trails, of which leaving out KMS is the lesser flaw': {
      subject: recordedBy(
        aTrail({ trail: { Name: 'stopped' }, status: { logging: false } }),
        aTrail({
          trail: { Name: 'quiet' },
          selectors: { basic: [{ ExcludeManagementEventSources: ['kms.amazonaws.com', 'rdsdata.amazonaws.com'] }] },
        }),
      ),
      params: { expectedDetails: ['insights', 'data'] },
      message: 'leavesOut',
      data: { trail: 'quiet', sources: 'kms.amazonaws.com, rdsdata.amazonaws.com' },
      also: [{ message: 'lacks', data: { trail: 'quiet', details: 'insights and data' } }],
    },
    'two trails, of which lacking details is the lesser flaw': {
      subject: recordedBy(
        aTrail({
          trail: { Name: 'quiet', HasInsightSelectors: true },
          selectors: { basic: [{ ExcludeManagementEventSources: ['kms.amazonaws.com'] }] },
        }),
        aTrail({ trail: { Name: 'brief' } }),
        aTrail({ trail: { Name: 'better', HasInsightSelectors: true } }),
        aTrail({ trail: { Name: 'as-good', HasInsightSelectors: true } }),
        aTrail({
          trail: { Name: 'detailed', HasInsightSelectors: true },
          status: { logging: false },
          selectors: { basic: [{ DataResources: [{ Type: 'AWS::S3::Object' }] }] },
        }),
      ),
      params: { expectedDetails: ['insights', 'data'] },
      message: 'lacks',
      data: { trail: 'better', details: 'data' },
    },
    'several flaws at once, the worst first': {
      subject: recordedBy(
        aTrail({
          trail: { Name: undefined },
          status: { logging: false },
          selectors: { basic: [{ ExcludeManagementEventSources: ['kms.amazonaws.com'] }] },
        }),
      ),
      params: { expectedDetails: ['data', 'insights'] },
      message: 'stopped',
      data: { trail: 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/management' },
      also: [
        {
          message: 'leavesOut',
          data: { trail: 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/management', sources: 'kms.amazonaws.com' },
        },
        {
          message: 'lacks',
          data: {
            trail: 'arn:aws:cloudtrail:eu-west-1:111122223333:trail/management',
            details: 'data and insights',
          },
        },
      ],
      severity: 'critical',
    },
  },

  unforeseen: {
    'U-05: a new value of what is read or written': {
      subject: basic({ ReadWriteType: 'WriteAndDelete' as 'All' }),
      field: 'trails.selectors.ReadWriteType',
    },
  },
});
