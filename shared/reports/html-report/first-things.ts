import { SEVERITIES, type Severity } from '../../controls/define-control.ts';
import type { Resource } from '../../resources/resource.ts';
import type { Report, Reported } from '../report.ts';
import { clustersOf, compare, failingBySeverity } from './figures.ts';

/** What a failing finding weighs. Three of one severity weigh as much as one of the next. */
export const WEIGHTS: Readonly<Record<Severity, number>> = { critical: 27, high: 9, medium: 3, low: 1, info: 0 };

/** Controls whose failure opens something to the world: whatever else is wrong there can be reached. */
export const OPENS_TO_THE_WORLD: ReadonlySet<string> = new Set([
  'ecr-policy-public',
  'eks-endpoint-public-cidrs',
  'node-private-subnets',
  'node-sg-ingress',
]);

/** More clusters than this do not make a change more urgent. */
export const MOST_CLUSTERS = 10;

/** One change at one place, and what it would close. */
export interface FirstThing {
  resource: Resource;
  /** The image, where the images of one repository are meant. */
  several: boolean;
  findings: readonly Reported[];
  failing: Readonly<Record<Severity, number>>;
  /** The weights of its findings, added up. */
  weight: number;
  /** How many clusters it concerns, at least one and at most `MOST_CLUSTERS`. */
  clusters: number;
  /** Two where it is open to the world, else one. */
  open: 1 | 2;
  /** `weight × open × clusters`. */
  score: number;
}

/**
 * What is worth doing first: the changes with the highest score. Findings of one resource that the same calls would fix
 * are one change, without such calls those of one control; the images of a repository count as one resource. What is
 * waived, unknown or being fixed is nothing to do.
 */
export function firstThings(report: Report, most = 7): FirstThing[] {
  const failing = report.verdicts.filter(({ verdict, state }) => verdict === 'fail' && state !== 'fixing');
  const isOpen = openToTheWorld(failing);
  return [...Map.groupBy(failing, changeOf).values()]
    .flatMap((findings) => scored(findings, isOpen))
    .filter(({ score }) => score > 0)
    .sort(mostFirst)
    .slice(0, most);
}

function scored(findings: readonly Reported[], isOpen: (finding: Reported) => boolean): FirstThing[] {
  const [first] = findings;
  if (first === undefined) return [];
  const failing = failingBySeverity(findings);
  const weight = SEVERITIES.reduce((sum, severity) => sum + WEIGHTS[severity] * failing[severity], 0);
  const concerned = new Set(findings.flatMap((finding) => [...clustersOf(finding)]));
  const clusters = Math.min(MOST_CLUSTERS, Math.max(1, concerned.size));
  const open = findings.some(isOpen) ? 2 : 1;
  const { resource, several } = placeOf(first.resource);
  return [{ resource, several, findings, failing, weight, clusters, open, score: weight * open * clusters }];
}

/** Whether a failing control opens its resource, or a cluster that it concerns, to the world. */
function openToTheWorld(failing: readonly Reported[]): (finding: Reported) => boolean {
  const places = new Set(failing.filter(({ control }) => OPENS_TO_THE_WORLD.has(control)).flatMap(placesOf));
  return (finding) => placesOf(finding).some((place) => places.has(place));
}

function placesOf(finding: Reported): string[] {
  const { account } = finding.resource;
  return [
    keyOfPlace(placeOf(finding.resource).resource),
    ...[...clustersOf(finding)].map((name) => `${account}#${name}`),
  ];
}

function changeOf({ resource, plan = [], control }: Reported): string {
  const actions = [...new Set(plan.map((step) => step.split(' ')[0]))].sort();
  const how = actions.length === 0 ? control : actions.join(' ');
  return `${keyOfPlace(placeOf(resource).resource)} ${how}`;
}

/** Images are put right by what builds their repository. */
function placeOf(resource: Resource): { resource: Resource; several: boolean } {
  const [repository, digest] = resource.id.split('@');
  if (resource.kind !== 'image' || repository === undefined || digest === undefined)
    return { resource, several: false };
  return { resource: { ...resource, kind: 'repository', id: repository }, several: true };
}

function keyOfPlace({ account, region, kind, id }: Resource): string {
  return JSON.stringify([account, region, kind, id]);
}

function mostFirst(a: FirstThing, b: FirstThing): number {
  return b.score - a.score || compare(keyOfPlace(a.resource), keyOfPlace(b.resource));
}
