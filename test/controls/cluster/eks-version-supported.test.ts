import control from '../../../shared/controls/cluster/eks-version-supported.ts';
import { aCluster, anExternalCluster } from '../../support/builders.ts';
import { testControl } from '../../support/test-control.ts';

const day = (text: string) => new Date(`${text}T00:00:00Z`);

const standardUntil = (end: string) =>
  aCluster({ version: '1.34', facets: { versionStatus: { endOfStandardSupportDate: day(end) } } });

const extendedUntil = (end: string) =>
  aCluster({
    version: '1.33',
    facets: {
      versionStatus: {
        versionStatus: 'EXTENDED_SUPPORT',
        endOfStandardSupportDate: day('2026-07-29'),
        endOfExtendedSupportDate: day(end),
      },
    },
  });

testControl(control, {
  passes: {
    'standard support for a long time yet': { subject: aCluster(), shows: 'Kubernetes 1.36, platform eks.4' },
    'exactly as many days left as the warning needs': {
      subject: standardUntil('2027-02-19'),
      now: '2026-11-21T00:00:00Z',
    },
    'little time left, where the baseline warns later': {
      subject: standardUntil('2026-12-02'),
      params: { warnDays: 7 },
    },
    'extended support, where the baseline allows it': {
      subject: extendedUntil('2027-07-29'),
      params: { allowExtended: true },
    },
    'the oldest version allowed': { subject: aCluster({ version: '1.36' }), params: { minVersion: '1.36' } },
    'a local cluster, whose platform versions are its own': {
      subject: aCluster({
        platformVersion: 'eks-local-outposts.1',
        outpostConfig: {
          outpostArns: ['arn:aws:outposts:eu-west-1:111122223333:outpost/op-0a1b2c3d4e5f60718'],
          controlPlaneInstanceType: 'm5.large',
        },
      }),
    },
  },

  notApplicable: {
    'an external cluster': { subject: anExternalCluster() },
  },

  fails: {
    'a version that EKS does not list any more': {
      shows: 'Kubernetes 1.22, platform unknown',
      subject: aCluster({ version: '1.22', platformVersion: undefined, facets: { versionStatus: null } }),
      message: 'unsupported',
      data: { version: '1.22' },
      severity: 'critical',
    },
    'a version that EKS lists as unsupported': {
      subject: aCluster({ version: '1.30', facets: { versionStatus: { versionStatus: 'UNSUPPORTED' } } }),
      message: 'unsupported',
      data: { version: '1.30' },
    },
    'extended support': {
      subject: extendedUntil('2027-07-29'),
      message: 'extended',
      data: { version: '1.33', end: '2027-07-29' },
      severity: 'high',
    },
    'extended support near its own end, where the baseline allows it': {
      subject: extendedUntil('2026-11-26'),
      params: { allowExtended: true },
      message: 'endsNow',
      data: { support: 'extended', version: '1.33', end: '2026-11-26' },
    },
    'one second less than the warning needs': {
      subject: standardUntil('2027-02-19'),
      now: '2026-11-21T00:00:01Z',
      message: 'endsSoon',
      data: { support: 'standard', version: '1.34', end: '2027-02-19' },
      severity: 'medium',
    },
    'exactly thirty days left': {
      subject: standardUntil('2026-12-21'),
      now: '2026-11-21T00:00:00Z',
      message: 'endsSoon',
      data: { support: 'standard', version: '1.34', end: '2026-12-21' },
    },
    'eleven days left': {
      subject: standardUntil('2026-12-02'),
      message: 'endsNow',
      data: { support: 'standard', version: '1.34', end: '2026-12-02' },
      severity: 'high',
    },
    'the end reached, though EKS still says standard': {
      subject: standardUntil('2026-11-20'),
      message: 'endsNow',
      data: { support: 'standard', version: '1.34', end: '2026-11-20' },
    },
    'older than the baseline allows, compared as numbers': {
      subject: aCluster({ version: '1.9' }),
      params: { minVersion: '1.10' },
      message: 'tooOld',
      data: { version: '1.9', oldest: '1.10' },
    },
    'an old platform version, compared as numbers': {
      subject: aCluster({ platformVersion: 'eks.9', facets: { versionStatus: { defaultPlatformVersion: 'eks.10' } } }),
      message: 'platformBehind',
      data: { platform: 'eks.9', newest: 'eks.10' },
      severity: 'low',
    },
    'several things at once, the worst first': {
      subject: aCluster({
        version: '1.34',
        platformVersion: 'eks.1',
        facets: { versionStatus: { endOfStandardSupportDate: day('2027-01-10') } },
      }),
      params: { minVersion: '1.35' },
      message: 'tooOld',
      data: { version: '1.34', oldest: '1.35' },
      also: [
        { message: 'endsSoon', data: { support: 'standard', version: '1.34', end: '2027-01-10' } },
        { message: 'platformBehind', data: { platform: 'eks.1', newest: 'eks.4' } },
      ],
      severity: 'high',
    },
  },

  unforeseen: {
    'U-05: a new phase of support': {
      subject: aCluster({ facets: { versionStatus: { versionStatus: 'LEGACY_SUPPORT' as 'UNSUPPORTED' } } }),
      field: 'versionStatus',
    },
    'no date for the end of standard support': {
      subject: aCluster({ facets: { versionStatus: { endOfStandardSupportDate: undefined } } }),
      field: 'versionStatus.endOfStandardSupportDate',
    },
    'a platform version of another form': {
      subject: aCluster({ platformVersion: 'eks-next.1' }),
      field: 'platformVersion',
    },
    'no platform version': { subject: aCluster({ platformVersion: undefined }), field: 'platformVersion' },
  },
});
