import { type Answer, answerer, type LoggedCall, type SignedRequest } from './answering.ts';
import { type AccountsOptions, auditedAccounts } from './audited-accounts.ts';
import { AwsFault } from './call.ts';
import type { Caller } from './callers.ts';
import { type FaultRule, faultRules } from './faults.ts';
import { type Done, isService, performer } from './performing.ts';
import type { EventDetail } from './recording.ts';
import { operationOf } from './wire/schema.ts';

export interface AuditedOptions extends AccountsOptions {
  /** Hears of every write, as CloudTrail tells it; failed ones carry `errorCode`. */
  onEvent?: (detail: EventDetail) => void;
}

/** A call that somebody else in the account makes, by any client; faults do not hit it. */
export interface Act {
  account: string;
  region: string;
  /** `eks:UpdateClusterConfig` */
  action: string;
  input: Record<string, unknown>;
  by: Omit<Caller, 'account'>;
  /** The call fails with this, and changes nothing. */
  failsWith?: { code: string; message: string };
}

/** The services of some accounts, behind the real wire protocols. Any server can mount them. */
export function auditedServices(options: AuditedOptions) {
  const accounts = auditedAccounts(options);
  const rules = faultRules(options.now);
  const perform = performer(accounts, options.onEvent);
  let calls: LoggedCall[] = [];
  const answer = answerer({ accounts, rules, perform, log: (call) => calls.push(call) });

  return {
    handles: (service: string): boolean => isService(service),
    answer(request: SignedRequest): Answer {
      accounts.settle();
      const { service } = request;
      if (!isService(service)) throw new TypeError(`${service} is no service of the audited accounts.`);
      return answer(service, request);
    },
    /** Somebody's call in the account; `onEvent` is told of it too. */
    act: (act: Act): Omit<Done, 'requestId'> => acted(act, accounts, perform),
    account: accounts.account,
    change: accounts.change,
    put: accounts.put,
    /** Adds a rule; the newest that fits decides. Returns what removes it. */
    fault: (rule: FaultRule): (() => void) => rules.add(rule),
    /** Takes a permission away; returns what gives it back. */
    deny: (action: string, where: Omit<FaultRule['when'], 'action'> = {}): (() => void) =>
      rules.add({ when: { action, ...where }, answer: 'denied' }),
    clearFaults: rules.clear,
    calls: (): readonly LoggedCall[] => calls,
    forgetCalls(): void {
      calls = [];
    },
  };
}

function acted(
  { account, region, action, input, by, failsWith }: Act,
  accounts: ReturnType<typeof auditedAccounts>,
  perform: ReturnType<typeof performer>,
): Omit<Done, 'requestId'> {
  const [service = '', name = ''] = action.split(':');
  const operation = isService(service) ? operationOf(service, name) : undefined;
  if (!isService(service) || !operation) throw new TypeError(`${action} is no action of the audited accounts.`);
  const given = failsWith && new AwsFault(failsWith.code, failsWith.message);
  const asked = { operation, input: structuredClone(input) };
  const { requestId: _, ...done } = perform({ service, asked, caller: { ...by, account }, region, given });
  accounts.settle();
  return done;
}

export type AuditedServices = ReturnType<typeof auditedServices>;
