import type { Names } from '../../support/cloud/audited/index.ts';
import { type Case, here } from './case.ts';

/** The healthy cluster, with this otherwise. */
const cluster = (names: Names, patch: object): object => here(names, { clusters: { [names.cluster]: patch } });
const endpoint = (patch: object) => (names: Names) => cluster(names, { resourcesVpcConfig: patch });
const mode = (authenticationMode: string) => (names: Names) => cluster(names, { accessConfig: { authenticationMode } });
const logs = (types: readonly string[]) => (names: Names) =>
  cluster(names, { logging: { clusterLogging: [{ types, enabled: true }] } });
const version = (of: string, platformVersion: string) => (names: Names) =>
  cluster(names, { version: of, platformVersion });
const principal = (names: Names) => ({ PRINCIPAL_ARN: names.arn('iam', 'role/developers') });
const key = (names: Names) => ({ KEY_ARN: names.keyArn });
const PUBLIC = { endpointPublicAccess: true, publicAccessCidrs: ['198.51.100.0/24'] };

export const CLUSTERS: readonly Case[] = [
  { control: 'eks-auth-mode-api', reason: 'configMap', wrong: mode('CONFIG_MAP'), words: principal },
  { control: 'eks-auth-mode-api', reason: 'transition', wrong: mode('API_AND_CONFIG_MAP'), words: principal },
  {
    control: 'eks-auth-mode-api',
    reason: 'bothWays',
    wrong: mode('API_AND_CONFIG_MAP'),
    params: { allowTransition: false },
    words: principal,
  },
  { control: 'eks-control-plane-logging', reason: 'auditMissing', wrong: logs(['api', 'scheduler']) },
  {
    control: 'eks-control-plane-logging',
    reason: 'typesMissing',
    wrong: logs(['audit', 'authenticator']),
  },
  {
    control: 'eks-deletion-protection',
    reason: 'off',
    wrong: (names) => cluster(names, { deletionProtection: false, tags: null }),
  },
  {
    control: 'eks-deletion-protection',
    reason: 'offInProduction',
    wrong: (names) => cluster(names, { deletionProtection: false }),
  },
  {
    control: 'eks-endpoint-private-enabled',
    reason: 'off',
    wrong: endpoint({ ...PUBLIC, endpointPrivateAccess: false }),
  },
  {
    control: 'eks-endpoint-private-enabled',
    reason: 'dnsBroken',
    wrong: (names) =>
      here(names, { vpcAttributes: { [names.vpc]: { enableDnsSupport: false, enableDnsHostnames: false } } }),
  },
  {
    control: 'eks-endpoint-public-cidrs',
    reason: 'open',
    wrong: endpoint({ ...PUBLIC, publicAccessCidrs: ['0.0.0.0/0'] }),
  },
  {
    control: 'eks-endpoint-public-cidrs',
    reason: 'tooMany',
    wrong: endpoint({ ...PUBLIC, publicAccessCidrs: ['52.16.0.0/16', '54.72.0.0/16'] }),
  },
  {
    control: 'eks-endpoint-public-cidrs',
    reason: 'notAllowed',
    wrong: endpoint(PUBLIC),
    params: { allowedCidrs: ['203.0.113.0/24'] },
  },
  {
    control: 'eks-endpoint-public-disabled',
    reason: 'public',
    wrong: endpoint({ ...PUBLIC, endpointPrivateAccess: false, publicAccessCidrs: ['0.0.0.0/0'] }),
  },
  {
    control: 'eks-endpoint-public-disabled',
    reason: 'restricted',
    wrong: endpoint(PUBLIC),
    params: { profile: 'balanced' },
  },
  {
    control: 'eks-secrets-cmk',
    reason: 'noKey',
    wrong: (names) => cluster(names, { encryptionConfig: null }),
    words: key,
  },
  {
    control: 'eks-secrets-cmk',
    reason: 'notEncrypted',
    wrong: (names) => cluster(names, { encryptionConfig: null, version: '1.27' }),
    words: key,
  },
  { control: 'eks-version-supported', reason: 'unsupported', wrong: version('1.30', 'eks.60'), rounds: 6 },
  { control: 'eks-version-supported', reason: 'extended', wrong: version('1.32', 'eks.34'), rounds: 4 },
  { control: 'eks-version-supported', reason: 'endsNow', wrong: version('1.34', 'eks.19') },
  {
    control: 'eks-version-supported',
    reason: 'endsSoon',
    wrong: version('1.35', 'eks.11'),
    params: { warnDays: 200 },
  },
  {
    control: 'eks-version-supported',
    reason: 'tooOld',
    wrong: version('1.35', 'eks.11'),
    params: { minVersion: '1.36' },
  },
];
