import { createHash } from 'node:crypto';
import { type Account, iamOf, merge, type Region, regionOf } from './account.ts';
import { checkAccount } from './account-check.ts';
import type { Call, Durations } from './call.ts';
import { accountOfKey, type Caller, sessionKey, sessionOf, userOfKey } from './callers.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

export const DURATIONS: Durations = {
  update: 45 * SECOND,
  createCluster: 9 * MINUTE,
  deleteCluster: 3 * MINUTE,
  createNodegroup: 2 * MINUTE,
  deleteNodegroup: 3 * MINUTE,
};

export interface AccountsOptions {
  /** Virtual time in milliseconds. */
  now: () => number;
  /** By twelve-digit id; each document is copied. */
  accounts: Readonly<Record<string, Account>>;
  /** Whose the keys are that name no account; the first account where absent. */
  defaultAccount?: string;
  durations?: Partial<Durations>;
  /** Cuts every list into pages of at most this many. */
  mostPerPage?: number;
}

/** A UUID by its looks, made of a name and a number: the same on every run. */
export function numberedId(name: string, number: number): string {
  const hex = createHash('sha256').update(`${name}/${number}`).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join('-');
}

export function partitionOf(region: string): string {
  if (region.startsWith('us-gov-')) return 'aws-us-gov';
  return region.startsWith('cn-') ? 'aws-cn' : 'aws';
}

/** The state behind the services: accounts, what is still going on in them, and who holds which key. */
export function auditedAccounts(options: AccountsOptions) {
  const { now } = options;
  const accounts = new Map<string, Account>();
  const callers = new Map<string, Caller>();
  const answered: Call['answered'] = new Map();
  let underway: { due: number; account: string; region: string; run: (here: Region) => void }[] = [];
  let ids = 0;

  function put(id: string, account: Account): void {
    checkAccount(id, account);
    accounts.set(id, account);
  }

  for (const [id, account] of Object.entries(options.accounts)) put(id, structuredClone(account));

  /** Brings about everything whose time has come, in its order. */
  function settle(): void {
    const due = underway.filter((one) => one.due <= now()).sort((a, b) => a.due - b.due);
    underway = underway.filter((one) => one.due > now());
    for (const { account, region, run } of due) run(regionOf(known(account), region));
  }

  function known(id: string): Account {
    const account = accounts.get(id);
    if (!account) throw new TypeError(`There is no account ${id}.`);
    return account;
  }

  function assume({ arn, sessionName, externalId }: Parameters<Call['assume']>[0]): ReturnType<Call['assume']> {
    const [, , service, , id = '', role = ''] = arn.split(':');
    const account = accounts.get(id);
    if (!account || service !== 'iam' || !role.startsWith('role/')) return undefined;
    if (account.externalId !== undefined && account.externalId !== externalId) return undefined;
    const accessKey = sessionKey(id, callers.size + 1);
    const roleId =
      iamOf(account).roles[role.split('/').at(-1) ?? '']?.RoleId ??
      `AROA${createHash('sha256').update(arn).digest('hex').toUpperCase().slice(0, 17)}`;
    callers.set(accessKey, sessionOf({ roleArn: arn, roleId, sessionName, accessKey, at: new Date(now()).toISOString() }));
    return { accessKey, roleId };
  }

  return {
    settle,
    /** The document as it is now. Reading is free; to change it use `change`, which checks. */
    account(id: string): Account {
      settle();
      return known(id);
    },
    has: (id: string): boolean => accounts.has(id),
    ids: (): string[] => [...accounts.keys()],
    put,
    /** Lays a JSON merge patch over the account, or over what is found at a path inside it. */
    change(id: string, patch: unknown, at: readonly string[] = []): void {
      settle();
      const whole = at.reduceRight<unknown>((inner, name) => ({ [name]: inner }), patch);
      put(id, merge(known(id), whole));
    },
    callerOf(accessKey: string, region: string): Caller {
      const session = callers.get(accessKey);
      if (session) return session;
      const account = accountOfKey(accessKey, options.defaultAccount ?? Object.keys(options.accounts)[0] ?? '');
      return userOfKey(accessKey, account, partitionOf(region));
    },
    nextId: (): string => numberedId('id', (ids += 1)),
    /** One call's view of one account and region. */
    call(caller: Caller, region: string, updateFails: boolean): Call {
      const account = known(caller.account);
      return {
        accountId: caller.account,
        region,
        partition: partitionOf(region),
        account,
        here: regionOf(account, region),
        iam: iamOf(account),
        caller,
        at: new Date(now()).toISOString(),
        durations: { ...DURATIONS, ...options.durations },
        mostPerPage: options.mostPerPage ?? Number.POSITIVE_INFINITY,
        updateFails,
        assume,
        answered,
        id: () => numberedId('id', (ids += 1)),
        later: (after, run) => {
          underway.push({ due: now() + after, account: caller.account, region, run });
        },
      };
    },
  };
}
