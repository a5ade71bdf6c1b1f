import { type Denied, deniedTo, principalOf, type Question } from '../../aws/operator/rights.ts';
import type { OperatorSession } from '../../aws/operator/session.ts';
import { combine, onFound, type Read } from '../../aws/read.ts';
import { type Check, checkOf, fine, wrong } from '../check.ts';
import type { DeployerPolicy, DeployerStatement } from '../deployer-policy.ts';

const NAMED = { id: 'rights', title: 'Your rights' };
const MOST_TOLD = 8;

/** Whether whoever runs this may do all that deploying takes, as IAM simulates it. */
export async function rightsCheck(session: OperatorSession, caller: string, policy: DeployerPolicy): Promise<Check> {
  if (/:root$/.test(caller)) {
    return wrong(NAMED, 'these are credentials of the root user.', 'Use a role: the root user is for emergencies.');
  }
  const principal = await principalOf(session, caller);
  const denied = principal.outcome === 'found' ? await denials(session, principal.value, policy) : principal;
  return checkOf(NAMED, denied, (found = []) => judgeRights(found));
}

async function denials(
  session: OperatorSession,
  principal: string,
  { Statement }: DeployerPolicy,
): Promise<Read<readonly Denied[]>> {
  const all: Read<readonly Denied[]>[] = [];
  // One after the other: IAM allows few simulations at once.
  for (const question of Statement.flatMap(questionsOf)) all.push(await deniedTo(session, principal, question));
  return onFound(combine(all), 'iam:SimulatePrincipalPolicy', (lists) => lists.flat());
}

/** A statement as questions about things that it covers: a star is no name. */
export function questionsOf({ Action, Resource, Condition = {} }: DeployerStatement): Question[] {
  const resources = Resource.map((resource) => (resource === '*' ? '*' : resource.replaceAll('*', 'x')));
  const keys = Object.values(Condition).flatMap((each) => Object.entries(each));
  const [key, values] = keys[0] ?? [];
  if (key === undefined || values === undefined) return [{ actions: Action, resources, context: {} }];
  return [values]
    .flat()
    .map((value) => ({ actions: Action, resources, context: { [key]: value.replaceAll('*', 'x') } }));
}

export function judgeRights(denied: readonly Denied[]): Check {
  const actions = [...new Set(denied.map(({ action }) => action))].sort();
  if (actions.length === 0) return fine(NAMED, 'everything that deploying takes is allowed.');
  const more = actions.length > MOST_TOLD ? ` and ${actions.length - MOST_TOLD} more` : '';
  return wrong(
    NAMED,
    `denied: ${actions.slice(0, MOST_TOLD).join(', ')}${more}.`,
    'Have this policy attached to you: npx eks-warden policy deployer',
  );
}
