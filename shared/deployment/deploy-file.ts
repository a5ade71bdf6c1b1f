import { iamRegionOf, partitionOf } from '../aws/partition.ts';
import type { Path } from '../baseline/positions.ts';
import type { Complaint } from '../baseline/sentences.ts';
import { complaintsBy, readYaml, type WrittenAt } from '../baseline/yaml-file.ts';
import { DeploymentError, type Problem } from '../runtime/errors.ts';
import { type DeployFile, deploySchema, TAG_TEXT } from './deploy-schema.ts';
import type { Deployment } from './deployment.ts';

/** Reads and checks `deploy.yml`; throws a `DeploymentError` with every problem of it. */
export function readDeployment(text: string, file: string): Deployment {
  const read = deploymentOf(text);
  if ('problems' in read) throw new DeploymentError(file, read.problems);
  return read.deployment;
}

export function deploymentOf(text: string): { deployment: Deployment } | { problems: Problem[] } {
  const read = readYaml(text, complaintsAbout);
  return 'problems' in read ? read : { deployment: filledIn(read.value as DeployFile) };
}

/** Whether a file is meant as a `deploy.yml` rather than as a baseline: by its keys, for it may have any name. */
export function isDeployment(text: string): boolean {
  const keys = new Set([...text.matchAll(/^([A-Za-z]+):/gm)].map(([, key]) => key));
  return (keys.has('region') || keys.has('email')) && !keys.has('controls') && !keys.has('catalogue');
}

function filledIn({ tags = {}, sweep = {}, regions = [], ...file }: DeployFile): Deployment {
  const iamRegion = iamRegionOf(partitionOf(file.region));
  const defaults = { name: 'eks-warden', rolePath: '/', logDays: 90, keepTable: true };
  return {
    ...defaults,
    ...(withoutUndefined(file) as typeof file & typeof defaults),
    // The IAM region has its collector anyhow.
    regions: regions.filter((region) => region !== iamRegion),
    tags,
    sweep: { at: '02:30', timeZone: 'UTC', window: 30, ...withoutUndefined(sweep) },
  } as Deployment;
}

function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as T;
}

function complaintsAbout(value: unknown, writtenAt: WrittenAt): Complaint[] {
  if (value === null || value === undefined) {
    return [{ path: [], at: 'value', problem: 'The file is empty: write at least region and email.' }];
  }
  return complaintsBy(deploySchema, value, writtenAt, () =>
    typeof value === 'object' ? contradictions(value as Partial<DeployFile>) : [],
  );
}

/** What no shape says: the same partition throughout, things in the hub's region, a time zone that exists. */
function contradictions(file: Partial<DeployFile>): Complaint[] {
  return [...aboutRegions(file), ...aboutArns(file), ...aboutSweep(file), ...aboutTags(file)];
}

function aboutRegions({ region: hub, regions }: Partial<DeployFile>): Complaint[] {
  if (typeof hub !== 'string' || !Array.isArray(regions)) return [];
  return regions.flatMap((region, at) => {
    if (typeof region !== 'string') return [];
    if (region === hub) return wrong(['regions', at], `${region} is the hub's own region: leave it out here.`);
    if (regions.indexOf(region) < at) return wrong(['regions', at], `${region} stands here twice: keep one.`);
    if (partitionOf(region) !== partitionOf(hub)) {
      return wrong(['regions', at], `${region} is in another partition than ${hub}: it needs a deployment of its own.`);
    }
    return [];
  });
}

function aboutArns(file: Partial<DeployFile>): Complaint[] {
  const { region: hub } = file;
  if (typeof hub !== 'string') return [];
  return (['slackSecret', 'kmsKey', 'permissionsBoundary'] as const).flatMap((key) => {
    const [, partition = '', , region = ''] = String(file[key] ?? '').split(':');
    if (partition === '') return [];
    if (partition !== partitionOf(hub)) {
      return wrong([key], `is in the partition ${partition}, and ${hub} is in ${partitionOf(hub)}.`);
    }
    if (region !== '' && region !== hub)
      return wrong([key], `is in ${region}: it must be in the hub's region, ${hub}.`);
    return [];
  });
}

function aboutSweep({ sweep }: Partial<DeployFile>): Complaint[] {
  const zone = sweep?.timeZone;
  if (typeof zone !== 'string' || isTimeZone(zone)) return [];
  return wrong(
    ['sweep', 'timeZone'],
    `${JSON.stringify(zone)} is no time zone: write one such as Europe/Dublin, or UTC.`,
  );
}

/** EventBridge Scheduler takes the names of the time zone database, and no offsets such as +01:00. */
function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

function aboutTags({ tags }: Partial<DeployFile>): Complaint[] {
  const keys = typeof tags === 'object' && tags !== null ? Object.keys(tags) : [];
  const many = `has ${keys.length} tags: at most 40 fit, beside ours and those of AWS.`;
  return [...(keys.length > 40 ? wrong(['tags'], many) : []), ...keys.flatMap(aboutTag)];
}

function aboutTag(key: string): Complaint[] {
  const path = ['tags', key];
  if (/^aws:/i.test(key)) return wrong(path, 'begins with aws:, which AWS keeps for itself: give it another name.');
  if (key.length >= 1 && key.length <= 128 && TAG_TEXT.test(key)) return [];
  return wrong(path, 'must have a name of 1 to 128 letters, digits, spaces and _.:/=+-@');
}

function wrong(path: Path, problem: string): Complaint[] {
  return [{ path, at: 'value', problem }];
}
