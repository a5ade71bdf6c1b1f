import { type Account, iamOf } from './account.ts';
import type { Call } from './call.ts';
import { accountOfKey, type Caller, functionOfKey, sessionKey, sessionOf } from './callers.ts';
import { partitionOf, uniqueTail } from './ids.ts';

interface Accounts {
  now: () => number;
  account(id: string): Account | undefined;
  /** Whose the keys are that name no account. */
  otherwise: string;
  /** Roles whose sessions were opened elsewhere. */
  roleOf?: ((accessKey: string) => { role: string; session: string } | undefined) | undefined;
}

/** Who holds which access key: twelve digits are an account, AssumeRole hands out others. */
export function sessions({ now, account, otherwise, roleOf }: Accounts) {
  const open = new Map<string, Caller>();
  function elsewhere(accessKey: string): Caller | undefined {
    const known = roleOf?.(accessKey);
    if (known === undefined) return undefined;
    const { role: roleArn, session: sessionName } = known;
    const at = new Date(now()).toISOString();
    return sessionOf({ roleArn, roleId: `AROA${uniqueTail(roleArn)}`, sessionName, accessKey, at });
  }
  return {
    callerOf(accessKey: string, region: string): Caller {
      const own = () => functionOfKey(accessKey, accountOfKey(accessKey, otherwise), partitionOf(region), now());
      return open.get(accessKey) ?? elsewhere(accessKey) ?? own();
    },
    assume({ arn, sessionName, externalId }: Parameters<Call['assume']>[0]): ReturnType<Call['assume']> {
      const [, , service, , id = '', path = ''] = arn.split(':');
      const target = account(id);
      if (!target || service !== 'iam' || !path.startsWith('role/')) return undefined;
      if (target.externalId !== undefined && target.externalId !== externalId) return undefined;
      const accessKey = sessionKey(id, open.size + 1);
      const role = iamOf(target).roles[path.split('/').at(-1) ?? ''];
      const roleId = role?.RoleId ?? `AROA${uniqueTail(arn)}`;
      const at = new Date(now()).toISOString();
      open.set(accessKey, sessionOf({ roleArn: arn, roleId, sessionName, accessKey, at }));
      return { accessKey, roleId };
    },
  };
}
