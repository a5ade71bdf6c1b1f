import type { Json } from '../resources/json.ts';
import { isWiderThan } from './cidrs.ts';
import type { Step } from './define-control.ts';
import { type Condition, isExact, isRequired } from './policy-condition.ts';
import { isForAnyone, resourceStatementsOf } from './policy-document.ts';

/** How a policy names the organisation of the resource it stands on. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: a policy variable of IAM, which is written so.
const OWN_ORGANISATION = '${aws:ResourceOrgID}';
const FIXED_KEYS = ['aws:principalarn', 'aws:principalaccount', 'aws:sourcevpce', 'aws:sourcevpc'];
/** Networks wider than these by their addresses keep nobody out. */
const NETWORK = { minPrefixV4: 16, minPrefixV6: 48 } as const;

export interface PublicStatement {
  /** Its place in the policy, counted from 0. */
  place: number;
  name: string;
  /** It names who is not meant, and so means everyone else. */
  byExclusion: boolean;
}

/** The statements of a resource's policy that let anyone in. With `orgId` only that organisation restricts them. */
export function publicStatements(policy: Json, orgId?: string): PublicStatement[] {
  return resourceStatementsOf(policy).flatMap((statement, place) => {
    const { effect, name, exceptPrincipals: byExclusion, conditions } = statement;
    if (effect === 'Deny' || !isForAnyone(statement)) return [];
    const isRestricted = !byExclusion && conditions.some((condition) => restricts(condition, orgId));
    return isRestricted ? [] : [{ place, name, byExclusion }];
  });
}

type PolicyStep = Step<'ecr:SetRepositoryPolicy' | 'ecr:DeleteRepositoryPolicy'>;

/** The write that leaves these statements out: of the whole policy where no other is left. */
export function leaveOut(repositoryName: string, policy: Json, places: readonly number[]): PolicyStep {
  const left = [policy.Statement].flat().filter((_, place) => !places.includes(place));
  if (left.length > 0) return setPolicy(repositoryName, { ...policy, Statement: left }, 'auto');
  return { safety: 'auto', action: 'ecr:DeleteRepositoryPolicy', input: { repositoryName } };
}

export function setPolicy(repositoryName: string, policy: Json, safety: PolicyStep['safety']): PolicyStep {
  return { safety, action: 'ecr:SetRepositoryPolicy', input: { repositoryName, policyText: JSON.stringify(policy) } };
}

function restricts(condition: Condition, orgId: string | undefined): boolean {
  const { key, operator, values } = condition;
  if (!isRequired(condition)) return false;
  if (key === 'aws:sourceip') return operator === 'ipaddress' && !values.some((cidr) => isWiderThan(cidr, NETWORK));
  if (key === 'aws:principalorgid') {
    return isExact(condition, OWN_ORGANISATION) && values.every((id) => isOurs(id, orgId));
  }
  if (key === 'aws:principalorgpaths')
    return values.every((path) => /^o-[a-z0-9]+\//.test(path) && isOurs(path.split('/')[0], orgId));
  return FIXED_KEYS.includes(key) && isExact(condition);
}

function isOurs(id: string | undefined, orgId: string | undefined): boolean {
  return orgId === undefined || id === orgId || id === OWN_ORGANISATION;
}
