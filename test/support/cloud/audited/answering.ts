import type { AuditedAccounts } from './audited-accounts.ts';
import { AwsFault } from './call.ts';
import { denial, type FaultKind, faultOf, type faultRules } from './faults.ts';
import { idsOf } from './ids.ts';
import type { performer } from './performing.ts';
import { type Asked, PROTOCOLS, type WireAnswer, type WireRequest } from './wire/protocol.ts';
import type { ServiceName } from './wire/schema.ts';

/** A request as a shared port hands it over; service, region and key come from the signature's credential scope. */
export interface SignedRequest extends WireRequest {
  service: string;
  region: string;
  accessKey: string;
}

/** What goes back: an answer, a connection that breaks off, or none for ever. */
export type Answer = WireAnswer | 'drop' | 'hang';

/** One call that came in, in the order of arrival. */
export interface LoggedCall {
  action: string;
  account: string;
  region: string;
  input: Record<string, unknown>;
  /** `done`, the code of the error that was answered, or the kind of fault that left no proper answer. */
  outcome: string;
}

interface Parts {
  accounts: AuditedAccounts;
  rules: ReturnType<typeof faultRules>;
  perform: ReturnType<typeof performer>;
  log(call: LoggedCall): void;
}

function given(service: ServiceName, action: string, kind: FaultKind | undefined, who: string) {
  if (kind === 'denied') return denial(service, action, who);
  if (kind === 'throttled') return faultOf(service, 'throttled', 'Rate exceeded');
  if (kind === '5xx') return faultOf(service, 'unwell', 'The service is unavailable. Please try again shortly.');
  return kind === 'update-failed' ? kind : undefined;
}

function asAsked(service: ServiceName, request: SignedRequest): Asked {
  const asked = PROTOCOLS[service].read(request);
  if (asked) return asked;
  const what = `${request.method} ${request.path}`;
  throw new AwsFault('UnknownOperationException', `${what} is no operation of ${service}.`, 404);
}

const broken = (answer: WireAnswer): WireAnswer => ({
  ...answer,
  body: `${answer.body.slice(0, Math.ceil(answer.body.length / 2))}<{`,
});

/** Answers requests of one service after another in its own protocol, faults included. */
export function answerer({ accounts, rules, perform, log }: Parts) {
  const unread = idsOf('unread');

  function answered(service: ServiceName, request: SignedRequest): Answer {
    const { region, accessKey, headers } = request;
    const asked = asAsked(service, request);
    const { operation, input } = asked;
    const caller = accounts.callerOf(accessKey, region);
    const action = `${service}:${operation.name}`;
    const attempt = { action, account: caller.account, region, input: structuredClone(input) };
    const end = (outcome: string) => log({ ...attempt, outcome });
    if (!accounts.has(caller.account)) {
      const stranger = faultOf(service, 'stranger', 'The security token included in the request is invalid.');
      end(stranger.code);
      throw stranger;
    }
    const kind = rules.of(attempt);
    if (kind === 'dropped' || kind === 'timeout') {
      end(kind);
      return kind === 'dropped' ? 'drop' : 'hang';
    }
    const who = String(caller.userIdentity.arn);
    const by = { ...caller, ...(headers['user-agent'] && { userAgent: headers['user-agent'] }) };
    const done = perform({ service, asked, caller: by, region, given: given(service, action, kind, who) });
    end(done.fault?.code ?? (kind === 'empty' || kind === 'malformed' ? kind : 'done'));
    if (done.fault) return PROTOCOLS[service].error(done.fault, done.requestId);
    const answer = PROTOCOLS[service].answer(operation, kind === 'empty' ? {} : (done.output ?? {}), done.requestId);
    return kind === 'malformed' ? broken(answer) : answer;
  }

  return (service: ServiceName, request: SignedRequest): Answer => {
    try {
      return answered(service, request);
    } catch (fault) {
      if (!(fault instanceof AwsFault)) throw fault;
      return PROTOCOLS[service].error(fault, unread());
    }
  };
}
