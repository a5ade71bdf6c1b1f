import type { Policy } from '@aws-sdk/client-iam';
import type { Iam, Plain } from '../account.ts';
import { AwsFault, type Call } from '../call.ts';

export const absent = (what: string): AwsFault => new AwsFault('NoSuchEntity', `${what} cannot be found.`, 404);

export function roleNamed(name: string, call: Call): Iam['roles'][string] {
  const role = call.iam.roles[name];
  if (!role) throw absent(`The role with name ${name}`);
  return role;
}

export function policyNamed(arn: string, call: Call): Plain<Policy> {
  const policy = call.iam.policies[arn];
  if (!policy) throw absent(`Policy ${arn}`);
  return policy;
}
