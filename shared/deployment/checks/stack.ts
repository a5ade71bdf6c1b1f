import type { OperatorSession } from '../../aws/operator/session.ts';
import { type StackResource, stackResources } from '../../aws/operator/stack.ts';
import { type StackState, stackState } from '../../aws/operator/stacks.ts';
import { combine, type Read } from '../../aws/read.ts';
import { type Check, checkOf, fine, wrong } from '../check.ts';
import { collectorStack } from '../collector.ts';
import type { Deployment } from '../deployment.ts';
import { collectorRegions } from '../watched-regions.ts';

type Wanted = Pick<Deployment, 'name' | 'region' | 'regions'>;

/** What a stack has that is one of ours: our tag, all of these, or nothing yet but what a deployment makes first. */
const HUB = ['FindingsTable', 'ChangesQueue', 'NoticesTopic'];
const COLLECTOR = ['DeliveryRole', 'UndeliveredEvents'];
const FIRST = /^(?:FindingsTable|ServerlessDeploymentBucket(?:Policy)?)$/;

/** The hub's stack and those of the collectors: each is not there yet, or is ours and at rest. */
export function stackChecks(session: OperatorSession, deployment: Wanted): Promise<Check[]> {
  const { name, region } = deployment;
  const wanted = [
    { stack: name, region, marks: HUB },
    ...collectorRegions(deployment).map((each) => ({
      stack: collectorStack(deployment),
      region: each,
      marks: COLLECTOR,
    })),
  ];
  return Promise.all(wanted.map((each) => stackCheck(session, each)));
}

interface Place {
  stack: string;
  region: string;
  marks: readonly string[];
}

async function stackCheck(session: OperatorSession, place: Place): Promise<Check> {
  const { stack, region } = place;
  const state = await stackState(session, stack, region);
  const both: Read<[StackState, readonly StackResource[]]> =
    state.outcome === 'found' ? combine([state, await stackResources(session, stack, region)]) : state;
  return checkOf(namedAt(place), both, (found) => judgeStack(place, found?.[0], found?.[1]));
}

const namedAt = ({ stack, region }: Place) => ({
  id: `stack ${stack} ${region}`,
  title: `Stack ${stack} in ${region}`,
});

export function judgeStack(place: Place, state?: StackState, resources: readonly StackResource[] = []): Check {
  const named = namedAt(place);
  if (state === undefined) return fine(named, 'the name is free.');
  const ids = resources.map(({ logicalId }) => logicalId);
  const isOurs =
    state.tags['eks-warden'] !== undefined ||
    place.marks.every((mark) => ids.includes(mark)) ||
    ids.every((id) => FIRST.test(id));
  if (!isOurs) {
    return wrong(
      named,
      'a stack of this name exists and is not one of eks-warden.',
      'Choose another name in deploy.yml; it is left alone.',
    );
  }
  const { status } = state;
  if (status.endsWith('_IN_PROGRESS')) {
    return wrong(named, `it is being changed (${status}).`, 'Wait until that has ended, then try again.');
  }
  if (status === 'ROLLBACK_COMPLETE' || status === 'ROLLBACK_FAILED' || status === 'DELETE_FAILED') {
    return wrong(
      named,
      `it was left behind by a deployment or a removal that failed (${status}).`,
      'Remove it first: npm run deploy -- --remove.',
    );
  }
  return fine(named, `it is there (${status}) and is updated.`);
}
