import { type AccountsOptions, auditedAccounts, numberedId } from './audited-accounts.ts';
import { AwsFault, type Operations } from './call.ts';
import type { Caller } from './callers.ts';
import { denial, type FaultKind, type FaultRule, faultOf, faultRules } from './faults.ts';
import { type EventDetail, record } from './recording.ts';
import { cloudtrail } from './services/cloudtrail.ts';
import { ec2 } from './services/ec2.ts';
import { ecr } from './services/ecr.ts';
import { eks } from './services/eks.ts';
import { iam } from './services/iam.ts';
import { inspector2 } from './services/inspector2.ts';
import { kms } from './services/kms.ts';
import { logs } from './services/logs.ts';
import { sts } from './services/sts.ts';
import { problemsOf } from './wire/check.ts';
import { type Asked, PROTOCOLS, type WireAnswer, type WireRequest } from './wire/protocol.ts';
import { operationOf, type ServiceName } from './wire/schema.ts';

const SERVICES: Readonly<Record<ServiceName, Operations>> = { cloudtrail, ec2, ecr, eks, iam, inspector2, kms, logs, sts };

export interface AuditedOptions extends AccountsOptions {
  /** Hears of every write, as CloudTrail tells it; failed ones carry `errorCode`. */
  onEvent?: (detail: EventDetail) => void;
}

/** A request as a shared port hands it over; service, region and key come from the signature's credential scope. */
export interface SignedRequest extends WireRequest {
  service: string;
  region: string;
  accessKey: string;
}

/** One call that came in, in the order of arrival. */
export interface LoggedCall {
  action: string;
  account: string;
  region: string;
  input: Record<string, unknown>;
  /** `done`, or the code of the error that was answered; the fault's name where nothing came back. */
  outcome: string;
}

/** A call that somebody else in the account makes, by any client; it is not subject to faults. */
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

const isService = (name: string): name is ServiceName => Object.hasOwn(SERVICES, name);
const brief = ({ action, account, region, input }: LoggedCall) => ({ action, account, region, input });

/** The services of some accounts, behind the real wire protocols. Any server can mount them. */
export function auditedServices(options: AuditedOptions) {
  const accounts = auditedAccounts(options);
  const rules = faultRules(options.now);
  let log: LoggedCall[] = [];
  let requests = 0;

  const runOf = (service: ServiceName, name: string) => {
    const { reads, writes } = SERVICES[service];
    return Object.hasOwn(reads, name) ? reads[name] : Object.hasOwn(writes, name) ? writes[name] : undefined;
  };

  /** Checks, does and records one operation; the answer is checked too, for stories may have made it what they like. */
  function perform(service: ServiceName, asked: Asked, caller: Caller, region: string, given?: AwsFault | 'update-failed') {
    const { operation, input } = asked;
    const isWrite = Object.hasOwn(SERVICES[service].writes, operation.name);
    const call = accounts.call(caller, region, given === 'update-failed');
    const requestId = isWrite ? numberedId('write', Number.parseInt(call.id().slice(0, 8), 16)) : numberedId('read', (requests += 1));
    const told = { service, operation, input, caller, account: caller.account, region, at: call.at, requestId };
    const tell = (end: { output: object } | { fault: AwsFault }) => {
      const detail = isWrite ? record({ ...told, ...end, eventId: call.id() }) : undefined;
      if (detail) options.onEvent?.(detail);
      return detail;
    };
    try {
      if (given instanceof AwsFault) throw given;
      const problems = problemsOf(operation.input, input, operation.name, { required: true });
      if (problems.length > 0) throw faultOf(service, 'invalid', problems.join('; '));
      const run = runOf(service, operation.name);
      if (!run) throw new AwsFault('UnknownOperationException', `${service}:${operation.name} is not known here.`);
      const output = structuredClone(run(input, call));
      const wrong = problemsOf(operation.output, output, operation.name, { required: false });
      if (wrong.length > 0) throw new AwsFault('InternalFailure', wrong.join('; '), 500);
      return { requestId, output, detail: tell({ output }) };
    } catch (fault) {
      if (!(fault instanceof AwsFault)) throw fault;
      return { requestId, fault, detail: tell({ fault }) };
    }
  }

  function faultFor(service: ServiceName, action: string, kind: FaultKind | undefined, who: string) {
    if (kind === 'denied') return denial(service, action, who);
    if (kind === 'throttled') return faultOf(service, 'throttled', 'Rate exceeded');
    if (kind === '5xx') return faultOf(service, 'unwell', 'The service is unavailable. Please try again shortly.');
    return kind === 'update-failed' ? kind : undefined;
  }

  function answerKnown(service: ServiceName, request: SignedRequest): WireAnswer | 'drop' | 'hang' {
    const protocol = PROTOCOLS[service];
    const { region } = request;
    const caller = accounts.callerOf(request.accessKey, region);
    const asked = protocol.read(request);
    if (!asked) return protocol.error(new AwsFault('UnknownOperationException', `${request.method} ${request.path} is no operation of ${service}.`, 404), numberedId('read', (requests += 1)));
    const action = `${service}:${asked.operation.name}`;
    const logged: LoggedCall = { action, account: caller.account, region, input: structuredClone(asked.input), outcome: 'done' };
    log.push(logged);
    if (!accounts.has(caller.account)) {
      const stranger = faultOf(service, 'stranger', 'The security token included in the request is invalid.');
      logged.outcome = stranger.code;
      return protocol.error(stranger, numberedId('read', (requests += 1)));
    }
    const kind = rules.of(brief(logged));
    if (kind === 'dropped' || kind === 'timeout') {
      logged.outcome = kind;
      return kind === 'dropped' ? 'drop' : 'hang';
    }
    const userAgent = request.headers['user-agent'];
    const given = faultFor(service, action, kind, String(caller.userIdentity.arn));
    const done = perform(service, asked, { ...caller, ...(userAgent && { userAgent }) }, region, given);
    if (done.fault) {
      logged.outcome = done.fault.code;
      return protocol.error(done.fault, done.requestId);
    }
    if (kind === 'empty' || kind === 'malformed') logged.outcome = kind;
    const whole = protocol.answer(asked.operation, kind === 'empty' ? {} : done.output, done.requestId);
    return kind === 'malformed' ? { ...whole, body: `${whole.body.slice(0, Math.ceil(whole.body.length / 2))}<{` } : whole;
  }

  return {
    handles: (service: string): boolean => isService(service),
    answer(request: SignedRequest): WireAnswer | 'drop' | 'hang' {
      accounts.settle();
      const { service } = request;
      if (!isService(service)) throw new TypeError(`${service} is no service of the audited accounts.`);
      try {
        return answerKnown(service, request);
      } catch (fault) {
        if (!(fault instanceof AwsFault)) throw fault;
        return PROTOCOLS[service].error(fault, numberedId('read', (requests += 1)));
      }
    },
    /** Somebody's call in the account. The event is told to `onEvent` too. */
    act(act: Act): { event?: EventDetail; output?: object; fault?: AwsFault } {
      accounts.settle();
      const [service = '', name = ''] = act.action.split(':');
      const operation = isService(service) ? operationOf(service, name) : undefined;
      if (!isService(service) || !operation) throw new TypeError(`${act.action} is no action of the audited accounts.`);
      const fails = act.failsWith && new AwsFault(act.failsWith.code, act.failsWith.message);
      const asked = { operation, input: structuredClone(act.input) };
      const done = perform(service, asked, { ...act.by, account: act.account }, act.region, fails);
      accounts.settle();
      const { detail, output, fault } = done;
      return { ...(detail && { event: detail }), ...(output && { output }), ...(fault && { fault }) };
    },
    account: accounts.account,
    change: accounts.change,
    put: accounts.put,
    /** Adds a rule; the newest that fits decides. Returns what removes it. */
    fault: (rule: FaultRule): (() => void) => rules.add(rule),
    /** Takes a permission away; returns what gives it back. */
    deny: (action: string, where: Omit<FaultRule['when'], 'action'> = {}): (() => void) =>
      rules.add({ when: { action, ...where }, then: 'denied' }),
    clearFaults: rules.clear,
    calls: (): readonly LoggedCall[] => log,
    forgetCalls(): void {
      log = [];
    },
  };
}

export type AuditedServices = ReturnType<typeof auditedServices>;
