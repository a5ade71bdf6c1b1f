import { type Account, iamOf, merge, type Region, regionOf } from './account.ts';
import { checkAccount } from './account-check.ts';
import type { Call, Durations } from './call.ts';
import type { Caller } from './callers.ts';
import { idsOf, partitionOf } from './ids.ts';
import { sessions } from './sessions.ts';

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
  /** Whose session an access key is that was not opened here, where a real STS stands beside. */
  roleOf?: (accessKey: string) => { role: string; session: string } | undefined;
  durations?: Partial<Durations>;
  /** Cuts every list into pages of at most this many. */
  mostPerPage?: number;
}

type Due = { due: number; account: string; region: string; run: (here: Region) => void };

/** What is still going on: things to do when their virtual time has come, in its order. */
function timetable(now: () => number) {
  let waiting: Due[] = [];
  return {
    add: (one: Due) => {
      waiting.push(one);
    },
    take(): Due[] {
      const ready = waiting.filter(({ due }) => due <= now()).sort((a, b) => a.due - b.due);
      waiting = waiting.filter((one) => !ready.includes(one));
      return ready;
    },
  };
}

/** The documents, which change by themselves as virtual time passes. */
function documents({ now, accounts }: AccountsOptions) {
  const all = new Map<string, Account>();
  const going = timetable(now);
  function known(id: string): Account {
    const account = all.get(id);
    if (!account) throw new TypeError(`There is no account ${id}.`);
    return account;
  }
  const settle = () => {
    for (const { account, region, run } of going.take()) run(regionOf(known(account), region));
  };
  function put(id: string, account: Account): void {
    checkAccount(id, account);
    all.set(id, structuredClone(account));
  }
  for (const [id, account] of Object.entries(accounts)) put(id, account);
  return {
    settle,
    put,
    later: going.add,
    find: (id: string): Account | undefined => all.get(id),
    /** The document as it is now. Read it freely; to change it use `change`, which checks. */
    account(id: string): Account {
      settle();
      return known(id);
    },
    /** Lays a JSON merge patch over the account, or over what is found at a path inside it. */
    change(id: string, patch: unknown, at: readonly string[] = []): void {
      settle();
      const whole = at.reduceRight<unknown>((inner, name) => ({ [name]: inner }), patch);
      put(id, merge(known(id), whole));
    },
  };
}

/** The state behind the services: accounts, what is still going on in them, and who holds which key. */
export function auditedAccounts(options: AccountsOptions) {
  const { now, mostPerPage = Number.POSITIVE_INFINITY } = options;
  const { find, later, ...state } = documents(options);
  const otherwise = options.defaultAccount ?? Object.keys(options.accounts)[0] ?? '';
  const { callerOf, assume } = sessions({ now, account: find, otherwise, roleOf: options.roleOf });
  const id = idsOf('id');
  const shared = {
    durations: { ...DURATIONS, ...options.durations },
    mostPerPage,
    assume,
    answered: new Map() as Call['answered'],
    id,
  };
  return {
    ...state,
    has: (account: string): boolean => find(account) !== undefined,
    callerOf,
    /** One call's view of one account and region. */
    call(caller: Caller, region: string, updateFails: boolean): Omit<Call, 'history'> {
      const account = state.account(caller.account);
      return {
        ...shared,
        accountId: caller.account,
        region,
        partition: partitionOf(region),
        account,
        here: regionOf(account, region),
        iam: iamOf(account),
        caller,
        at: new Date(now()).toISOString(),
        updateFails,
        later: (after, run) => later({ due: now() + after, account: caller.account, region, run }),
      };
    },
  };
}

export type AuditedAccounts = ReturnType<typeof auditedAccounts>;
