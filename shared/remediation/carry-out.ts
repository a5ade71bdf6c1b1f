import type { InputOf, WriteAction } from '../aws/actions.ts';
import type { Write } from '../aws/reader.ts';
import type { World } from '../aws/world.ts';
import type { AnyStep } from '../controls/define-control.ts';
import { sendAt } from '../findings/later.ts';
import { type Candidate, type Fix, locksOf } from './fix.ts';
import { type FixSettings, killed } from './gate.ts';
import { lockAll, unlockAll } from './lock.ts';
import { record } from './record.ts';

/** Over, or its message has to come again. */
export type Tried = 'again' | 'over';

/** Calls the steps that AWS has not accepted yet, each with the fix's own token, and then follows the update. */
export async function carryOut(world: World, settings: FixSettings, candidate: Candidate, fix: Fix): Promise<Tried> {
  let current = fix;
  for (const [index, step] of fix.steps.entries()) {
    if (index < current.accepted) continue;
    const settled = index === 0 ? 'ended' : await follow(world, current);
    if (settled === 'running' || !(await mayCall(world, settings, candidate, fix))) return 'again';
    const why = await killed(world, settings);
    if (why !== undefined) return end(world, candidate, current, why);
    const { resource } = candidate;
    const answer = await call(world, resource, step, tokenOf(fix, index));
    if (answer.outcome === 'busy' || answer.outcome === 'unavailable') return 'again';
    if (answer.outcome !== 'done') return end(world, candidate, current, answer.why);
    world.metrics.count('remediated');
    const updateId = updateIdOf(answer.value);
    const accepted = { ...current, accepted: index + 1, ...(updateId === undefined ? {} : { updateId }) };
    const next: Fix = accepted.accepted === fix.steps.length ? { ...accepted, status: 'called' } : accepted;
    if ((await save(world, current, next)) === 'conflict') return 'again';
    current = next;
  }
  return conclude(world, candidate, current);
}

/** The lease is renewed for each call: who lost it while it slept calls nothing, and neither does who could not record it. */
async function mayCall(world: World, { enough }: FixSettings, candidate: Candidate, { id }: Fix): Promise<boolean> {
  if (enough?.() === false) return false;
  return (await lockAll(world.table, locksOf(candidate), id, world.now())) === 'ours';
}

/** Only over what was read: another worker that took the fix on meanwhile has recorded more than we know. */
function save({ table }: World, { status, accepted }: Fix, fix: Fix): Promise<'written' | 'conflict'> {
  return table.put(fix, { status, accepted });
}

/** After the last call: waits for the update through the queue, then asks for an ordinary look. Only that closes the finding. Recorded last: dying before repeats the rest. */
async function conclude(world: World, candidate: Candidate, fix: Fix): Promise<Tried> {
  await lockAll(world.table, locksOf(candidate), fix.id, world.now());
  const settled = await follow(world, fix);
  if (settled === 'running')
    return world.now() < fix.deadline ? 'again' : end(world, candidate, fix, 'Its update did not end in time.');
  if (settled !== 'ended') return end(world, candidate, fix, settled.why);
  await recheck(world, candidate);
  await unlockAll(world.table, locksOf(candidate), fix.id);
  return (await save(world, fix, { ...fix, status: 'ended' })) === 'conflict' ? 'again' : 'over';
}

/** Where the last update of a fix stands; a write that gave no update is done when it is answered. */
async function follow(world: World, fix: Fix): Promise<'running' | 'ended' | { why: string }> {
  if (fix.updateId === undefined) return 'ended';
  const { account, region, id } = fix.resource;
  const [name = id, nodegroupName] = id.split('/');
  const read = await world.aws
    .batch()
    .reader(account, region)
    .read('eks:DescribeUpdate', {
      name,
      updateId: fix.updateId,
      ...(fix.resource.kind === 'nodegroup' && nodegroupName !== undefined ? { nodegroupName } : {}),
    });
  if (read.outcome === 'unavailable') return 'running';
  if (read.outcome !== 'found')
    return { why: `Its update cannot be followed: ${'why' in read ? read.why : 'it is gone.'}` };
  const { status, errors } = read.value.update ?? {};
  if (status === 'InProgress') return 'running';
  if (status === 'Successful') return 'ended';
  return { why: `EKS ended the update as ${status ?? 'unknown'}: ${errors?.[0]?.errorCode ?? 'no reason given'}.` };
}

/** A fix that came to nothing: told, and not tried again by itself. */
async function end(world: World, candidate: Candidate, fix: Fix, why: string): Promise<Tried> {
  if ((await save(world, fix, { ...fix, status: 'failed', why })) === 'conflict') return 'again';
  await unlockAll(world.table, locksOf(candidate), fix.id);
  await record(world, candidate, 'fix-failed', { id: fix.id, status: 'failed', why, startedAt: fix.startedAt });
  world.metrics.count('unfixed');
  return 'over';
}

/** Asks for a look that sees what is there now; `observedAt` of any earlier one is before it. */
export async function recheck(world: World, { resource }: Pick<Candidate, 'resource'>): Promise<void> {
  const now = world.now();
  await sendAt(world, { resource, seenAt: now, life: 'changed', why: 'fix' }, now);
}

function call(
  world: World,
  { account, region }: Candidate['resource'],
  { action, input }: AnyStep,
  token: string,
): Promise<Write<unknown>> {
  const writer = world.aws.batch().writer(account, region);
  const tokenized = action.startsWith('eks:') ? { ...input, clientRequestToken: token } : input;
  return writer.write(action, tokenized as InputOf<WriteAction>);
}

/** The same step of the same fix always has the same token: EKS then answers a repeat with the first one's update. */
function tokenOf(fix: Fix, index: number): string {
  return `${fix.id}-${index}`;
}

function updateIdOf(answer: unknown): string | undefined {
  const update = typeof answer === 'object' && answer !== null && 'update' in answer ? answer.update : undefined;
  const id = typeof update === 'object' && update !== null && 'id' in update ? update.id : undefined;
  return typeof id === 'string' ? id : undefined;
}
