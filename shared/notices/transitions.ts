import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import type { Finding, ResourceState, State, Transition } from '../findings/finding.ts';
import { PoisonMessage } from '../runtime/errors.ts';

export interface States {
  before: ResourceState | undefined;
  after: ResourceState | undefined;
}

/** Both images of a stream record; undefined where it is not the item of a resource, or was removed by its TTL. */
export function statesOf({ dynamodb, userIdentity }: DynamoDBRecord): States | undefined {
  if (userIdentity?.principalId === 'dynamodb.amazonaws.com') return undefined;
  const before = imageOf(dynamodb?.OldImage);
  const after = imageOf(dynamodb?.NewImage);
  return before === undefined && after === undefined ? undefined : { before, after };
}

function imageOf(image: unknown): ResourceState | undefined {
  if (typeof image !== 'object' || image === null) return undefined;
  const item = unmarshall(image as Record<string, AttributeValue>);
  if (item.sk !== 'state') return undefined;
  if (item.schema !== 1 || typeof item.findings !== 'object') {
    throw new PoisonMessage('The stream has an item of a resource in a form that this version does not know.');
  }
  return item as ResourceState;
}

/**
 * What changed between two images, finding by finding. Another generation of the resource is a closing of what was
 * open on the old one and an opening on the new. A removed item is no news: only a look closes a finding.
 */
export function transitions(before: ResourceState | undefined, after: ResourceState | undefined): Transition[] {
  if (after === undefined) return [];
  if (before === undefined || sameGeneration(before, after)) return changed(before, after);
  return [...closings(before, after), ...changed(undefined, after)];
}

function sameGeneration(before: ResourceState, after: ResourceState): boolean {
  return before.generation === undefined || after.generation === undefined || before.generation === after.generation;
}

function changed(before: ResourceState | undefined, after: ResourceState): Transition[] {
  return Object.entries(after.findings).flatMap(([control, finding]) => {
    const was = before?.findings[control];
    const from = was?.state;
    return finding.state === (from ?? 'closed') && !isHeldNow(was, finding) && !isRemindedNow(was, finding)
      ? []
      : [step(after, after.version, control, from, finding)];
  });
}

/** A fix that a guard holds changes no state, but somebody counts on it. */
function isHeldNow(was: Finding | undefined, { state, fix }: Finding): boolean {
  return state === 'open' && fix?.status === 'held' && (was?.fix?.status !== 'held' || was.fix.why !== fix.why);
}

/** Nobody has acknowledged it: it is told again. */
function isRemindedNow(was: Finding | undefined, { state, reminded }: Finding): boolean {
  return state === 'open' && reminded !== undefined && reminded !== was?.reminded;
}

function closings(before: ResourceState, after: ResourceState): Transition[] {
  return Object.entries(before.findings)
    .filter(([, { state }]) => state !== 'closed')
    .map(([control, old]) => {
      const { waiver: _, unreadSince: _since, unread: _unread, ...rest } = old;
      const since = after.observedAt ?? old.since;
      const finding: Finding = { ...rest, state: 'closed', closedBecause: 'deleted', since };
      return step(before, after.version, control, old.state, finding);
    });
}

function step(
  state: ResourceState,
  version: number,
  control: string,
  from: State | undefined,
  finding: Finding,
): Transition {
  const { kind, id, account, region, generation, clusters, tags } = state;
  return {
    resource: { kind, id, account, region },
    control,
    from,
    to: finding.state,
    finding,
    ...(generation === undefined ? {} : { generation }),
    clusters,
    tags: tags ?? {},
    version,
  };
}
