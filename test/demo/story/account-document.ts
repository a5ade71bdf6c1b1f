import { type Account, anAccount, merge, problemsOfAccount } from '../../support/cloud/audited/index.ts';
import type { Story } from './schema.ts';

/** The account that a story begins with. */
export function documentOf({ account }: Pick<Story, 'account'>, id: string, region: string): Account {
  const { base, change = {} } = typeof account === 'string' ? { base: account } : account;
  return merge(base === 'empty' ? { regions: {}, iam: {} } : anAccount(id, region), change);
}

/** What of an account AWS does not know, each thing once, by its path in the account. */
export function unknownIn(account: unknown): string[] {
  return problemsOfAccount(account).map((problem) => problem.replace(/^account\./, ''));
}
