import type { Names } from '../../support/cloud/audited/index.ts';
import { type Case, here } from './case.ts';

const group = (patch: object | null) => (names: Names) => here(names, { logGroups: { [names.logGroup]: patch } });
const kept = (retentionInDays: number | null) => group({ retentionInDays });
const retention = { control: 'eks-loggroup-retention' } as const;

const trail = (patch: object) => (names: Names) => here(names, { trails: { [names.trail]: patch } });
const status = (patch: object) => (names: Names) => here(names, { trailStatus: { [names.trail]: patch } });
const selectors =
  (...EventSelectors: object[]) =>
  (names: Names) =>
    here(names, { eventSelectors: { [names.trail]: { EventSelectors } } });
const bucket = (names: Names) => ({ BUCKET_NAME: `cloudtrail-${names.account}` });
/** AWS has a new trail record all management events. */
const UNSELECTED = { notInMoto: 'It gives a new trail no event selectors.' };
const trails = { control: 'trail-enabled' } as const;

const repository = (patch: object) => (names: Names) => here(names, { repositories: { [names.repository]: patch } });
const except = { imageTagMutabilityExclusionFilters: [{ filterType: 'WILDCARD', filter: 'latest' }] };
const policy = (who: object) => (names: Names) =>
  here(names, {
    repositoryPolicies: {
      [names.repository]: {
        Version: '2012-10-17',
        Statement: [{ Sid: 'Pull', Effect: 'Allow', Action: ['ecr:BatchGetImage'], ...who }],
      },
    },
  });
const image = { control: 'image-vulnerabilities', ends: 'gone' } as const;
/** Pushed long before now, with a vulnerability that its scan found. */
const vulnerable = (severity: string) => (names: Names) => {
  const digest = `${names.repository}@${names.digest}`;
  const imageScanFindingsSummary = { findingSeverityCounts: { [severity]: 1 } };
  const findings = [{ name: 'CVE-2026-21001', severity, attributes: [] }];
  return here(names, {
    images: { [digest]: { imagePushedAt: '2026-10-01T10:00:00.000Z', imageScanFindingsSummary } },
    scans: { [digest]: { imageScanFindings: { findings } } },
  });
};

export const RECORDS: readonly Case[] = [
  { ...retention, reason: 'endless', wrong: kept(null) },
  { ...retention, reason: 'endless', wrong: kept(null), params: { defaultRetentionDays: 200 } },
  { ...retention, reason: 'short', wrong: kept(60) },
  { ...retention, reason: 'short', wrong: kept(60), params: { minRetentionDays: 100 } },
  { ...retention, reason: 'few', wrong: kept(7) },
  { ...retention, reason: 'missing', wrong: group(null) },
  {
    ...trails,
    reason: 'none',
    wrong: (names) => here(names, { trails: { [names.trail]: null } }),
    words: bucket,
    ...UNSELECTED,
  },
  { ...trails, reason: 'noneOfName', wrong: () => ({}), params: { trailName: 'audit' }, words: bucket, ...UNSELECTED },
  { ...trails, reason: 'oneRegion', wrong: trail({ IsMultiRegionTrail: false }) },
  { ...trails, reason: 'ownAccountOnly', wrong: () => ({}), params: { requireOrgTrail: true } },
  { ...trails, reason: 'stopped', wrong: status({ IsLogging: false }) },
  { ...trails, reason: 'gaps', wrong: selectors({ ReadWriteType: 'ReadOnly', IncludeManagementEvents: true }) },
  {
    ...trails,
    reason: 'leavesOut',
    wrong: selectors({
      ReadWriteType: 'All',
      IncludeManagementEvents: true,
      ExcludeManagementEventSources: ['kms.amazonaws.com'],
    }),
  },
  {
    ...trails,
    reason: 'lacks',
    wrong: () => ({}),
    params: { expectedDetails: ['insights', 'data'] },
    notInMoto: 'It keeps insight selectors, but a trail never says that it has some.',
  },
  { control: 'ecr-tag-immutable', reason: 'mutable', wrong: repository({ imageTagMutability: 'MUTABLE' }) },
  {
    control: 'ecr-tag-immutable',
    reason: 'mutableWithExclusion',
    wrong: repository({ imageTagMutability: 'MUTABLE_WITH_EXCLUSION', ...except }),
  },
  {
    control: 'ecr-tag-immutable',
    reason: 'exclusions',
    wrong: repository({ imageTagMutability: 'IMMUTABLE_WITH_EXCLUSION', ...except }),
  },
  { control: 'ecr-policy-public', reason: 'public', wrong: policy({ Principal: '*' }) },
  {
    control: 'ecr-policy-public',
    reason: 'allButSome',
    wrong: policy({ NotPrincipal: { AWS: ['arn', 'aws', 'iam', '', '444455556666', 'root'].join(':') } }),
  },
  { ...image, reason: 'critical', wrong: vulnerable('CRITICAL') },
  { ...image, reason: 'high', wrong: vulnerable('HIGH') },
];
