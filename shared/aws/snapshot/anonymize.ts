import { jsonOf } from '../../runtime/json-of.ts';
import { type Pseudonyms, pseudonyms } from './pseudonyms.ts';
import type { Snapshot, SnapshotRead } from './snapshot.ts';

/** Fields whose values are AWS's own words, whatever the read. */
const OF_AWS = new Set(
  `status Status state State type Type types version Version Versions platformVersion defaultPlatformVersion amiType capacityType
  authenticationMode supportType versionStatus clusterVersion clusterVersions clusterType ipFamily KeyState KeyUsage
  KeySpec Origin KeyManager CustomerMasterKeySpec EncryptionAlgorithms ExpirationModel MultiRegionKeyType IpProtocol
  Attribute VersionId DefaultVersionId imageTagMutability mode scanType severity fixAvailable exploitAvailable
  HomeRegion region Region RegionName AvailabilityZone AvailabilityZoneId ReadWriteType Field ImageOwnerAlias
  ImageType Architecture VirtualizationType PlatformDetails encryptionType filterType scanFrequency logGroupClass
  imageManifestMediaType artifactMediaType Scope InstanceType InstanceTypes instanceTypes HttpTokens HttpEndpoint
  HttpPutResponseHopLimit Tenancy InterfaceType ResourceType DomainType Effect effect code tier Filter`.split(/\s+/),
);
const POLICY = /^(?:policyText|AssumeRolePolicyDocument|PolicyDocument|Document)$/;
const LABELLED = /^(?:tags|labels)$/i;
/** Tag keys that AWS and its tools set, and that say what made a thing. */
const TAG_OF_AWS = /^(?:aws|eks):/;

export interface Anonymizing {
  /** The same key makes the same pseudonyms: of two snapshots that are to be compared. */
  key: string;
  /** Words that are known to everybody, such as those in the catalogue's own params. */
  kept?: ReadonlySet<string>;
}

/**
 * The snapshot with pseudonyms for accounts, ARNs, names, ids and addresses. Equal stays equal, in answers, in what was
 * asked and across both, and which network holds which does not change: the verdicts are the same.
 */
export function anonymized(snapshot: Snapshot, { key, kept }: Anonymizing): Snapshot {
  const named = pseudonyms(key, kept);
  const reads = snapshot.reads.map((read) => anonymousRead(read, named));
  return {
    ...snapshot,
    accounts: snapshot.accounts.map((account) => named.word(account)).sort(),
    reads: reads.sort(byQuestion),
  };
}

function anonymousRead(read: SnapshotRead, named: Pseudonyms): SnapshotRead {
  const input = changed('', read.input, named) as object;
  const asked = { ...read, account: named.word(read.account), input };
  return asked.outcome === 'found' ? { ...asked, value: changed('', asked.value, named) } : asked;
}

function byQuestion(one: SnapshotRead, other: SnapshotRead): number {
  const [a, b] = [one, other].map(
    ({ account, region, action, input }) => `${account} ${region} ${action} ${JSON.stringify(input)}`,
  ) as [string, string];
  return a < b ? -1 : a > b ? 1 : 0;
}

function changed(name: string, value: unknown, named: Pseudonyms): unknown {
  if (typeof value === 'string') return textOf(name, value, named);
  if (Array.isArray(value)) return value.map((each) => changed(name, each, named));
  if (typeof value !== 'object' || value === null || value instanceof Date || value instanceof Uint8Array) return value;
  const entries = Object.entries(value);
  if (LABELLED.test(name)) return Object.fromEntries(entries.map(([key, each]) => labelOf(key, each, named)));
  const plain = new Set(asItIs(value));
  return Object.fromEntries(entries.map(([key, each]) => [key, plain.has(key) ? each : changed(key, each, named)]));
}

/** Fields that another of the same object says are AWS's: the name of a filter, of a public image or policy, the key of a tag. */
function asItIs(value: object): string[] {
  const isFilter = 'Values' in value || 'values' in value;
  const { ImageOwnerAlias, Key, PolicyArn, Arn } = value as Readonly<Record<string, unknown>>;
  const isPublic = ImageOwnerAlias === 'amazon' || ImageOwnerAlias === 'aws-marketplace';
  const isPolicyOfAws = [PolicyArn, Arn].some((arn) => typeof arn === 'string' && /^arn:[\w-]+:iam::aws:/.test(arn));
  const isTag = typeof Key === 'string' && TAG_OF_AWS.test(Key);
  return [
    ...(isFilter ? ['Name', 'name'] : []),
    ...(isPublic ? ['Name'] : []),
    ...(isTag ? ['Key'] : []),
    ...(isPolicyOfAws ? ['PolicyName'] : []),
  ];
}

function labelOf(key: string, value: unknown, named: Pseudonyms): [string, unknown] {
  return [TAG_OF_AWS.test(key) ? key : named.text(key), changed('', value, named)];
}

function textOf(name: string, text: string, named: Pseudonyms): string {
  if (OF_AWS.has(name)) return text;
  return POLICY.test(name) ? policyOf(text, named) : named.text(text);
}

/** A document as JSON, which IAM answers URL-encoded; what is no JSON is replaced whole. */
function policyOf(text: string, named: Pseudonyms): string {
  const isEncoded = /^\s*%7B/i.test(text);
  const document = jsonOf(isEncoded ? decodeURIComponent(text) : text);
  if (document === undefined) return named.word(text);
  const other = JSON.stringify(statementOf('', document, named));
  return isEncoded ? encodeURIComponent(other) : other;
}

const RULE = /^(?:Effect|Action|NotAction|Version)$/;

/** Actions and effects stay; in conditions the operators do, and what their keys ask for. */
function statementOf(name: string, value: unknown, named: Pseudonyms): unknown {
  if (RULE.test(name)) return value;
  if (typeof value === 'string') return named.text(value);
  if (Array.isArray(value)) return value.map((each) => statementOf(name, each, named));
  if (typeof value !== 'object' || value === null) return value;
  if (name === 'Condition') {
    const operators = Object.entries(value).map(([operator, asked]) => [operator, conditionOf(asked, named)]);
    return Object.fromEntries(operators);
  }
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, statementOf(key, each, named)]));
}

function conditionOf(asked: unknown, named: Pseudonyms): unknown {
  if (typeof asked !== 'object' || asked === null) return asked;
  return Object.fromEntries(
    Object.entries(asked).map(([key, each]) => [conditionKey(key, named), statementOf('', each, named)]),
  );
}

/** `aws:PrincipalOrgID` is AWS's; `<issuer>:sub` names an issuer, `aws:ResourceTag/team` a tag. */
function conditionKey(key: string, named: Pseudonyms): string {
  const [, before = '', tag] = /^([\w-]+:\w+Tag\/)(.+)$/.exec(key) ?? [];
  if (tag !== undefined) return before + named.text(tag);
  const [, issuer, claim] = /^(.+\/.+):(\w+)$/.exec(key) ?? [];
  return issuer === undefined ? key : `${named.text(issuer)}:${claim}`;
}
