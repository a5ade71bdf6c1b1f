import type { Deployed } from './deployed.ts';
import type { Principal } from './wire/principals.ts';
import type { WireCall } from './wire/wire.ts';

/** What the session of whoever has the number of an account for an access key is called: the emulator takes it for its root. */
export const OWNER = 'owner';

const ownerOf = (account: string): Principal => ({
  account,
  role: `arn:aws:iam::${account}:role/${OWNER}`,
  session: OWNER,
});

/** Who holds which access key: the deployed functions, and whoever was seen to assume a role. */
export function sessionsOf() {
  let deployed: Deployed | undefined;
  const assumed = new Map<string, Principal>();
  return {
    letIn(now: Deployed): void {
      deployed = now;
    },
    principalOf: (key: string): Principal | undefined =>
      /^\d{12}$/.test(key) ? ownerOf(key) : (deployed?.principals.get(key) ?? assumed.get(key)),
    /** Roles of other accounts are judged by the emulator when they are assumed. */
    may(role: string, action: string): boolean {
      const rights = deployed?.rights.get(role);
      return rights === undefined ? role !== '' : rights(action);
    },
    /** Takes the session out of an answer of STS. */
    learn({ action, body }: WireCall, answer: string): void {
      if (action !== 'sts:AssumeRole') return;
      const key = /<AccessKeyId>([^<]+)</.exec(answer)?.[1];
      const asked = new URLSearchParams(body);
      const role = asked.get('RoleArn');
      if (key === undefined || role === null) return;
      assumed.set(key, { account: role.split(':')[4] ?? '', role, session: asked.get('RoleSessionName') ?? '' });
    },
  };
}
