import type { AuditedAccounts } from './audited-accounts.ts';
import { AwsFault, type Call, type Operations, type Run } from './call.ts';
import type { Caller } from './callers.ts';
import { faultOf } from './faults.ts';
import { idsOf } from './ids.ts';
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
import type { Asked } from './wire/protocol.ts';
import type { ServiceName } from './wire/schema.ts';

const SERVICES: Readonly<Record<ServiceName, Operations>> = {
  cloudtrail,
  ec2,
  ecr,
  eks,
  iam,
  inspector2,
  kms,
  logs,
  sts,
};

export const isService = (name: string): name is ServiceName => Object.hasOwn(SERVICES, name);

function runOf(service: ServiceName, name: string): Run {
  const { reads, writes } = SERVICES[service];
  const all = { ...reads, ...writes };
  const run = Object.hasOwn(all, name) ? all[name] : undefined;
  if (!run) throw new AwsFault('UnknownOperationException', `${service}:${name} is not known here.`);
  return run;
}

/** Whether an action (`eks:DescribeCluster`) is one that the accounts answer. */
export function knows(action: string): boolean {
  const [service = '', name = ''] = action.split(':');
  return isService(service) && Object.hasOwn({ ...SERVICES[service].reads, ...SERVICES[service].writes }, name);
}

/** One operation that somebody asks for. `given` is how it is to end, whatever the state says. */
export interface Task {
  service: ServiceName;
  asked: Asked;
  caller: Caller;
  region: string;
  given?: AwsFault | 'update-failed' | undefined;
}

export interface Done {
  requestId: string;
  /** Reads have none. */
  event?: EventDetail;
  output?: object;
  fault?: AwsFault;
}

/** Does what a task says, or finds why not. The answer is checked too, for a story may have made the state what it likes. */
function outcomeOf({ service, asked: { operation, input }, given }: Task, run: (run: Run) => object): object {
  if (given instanceof AwsFault) throw given;
  const problems = problemsOf(operation.input, input, operation.name, { required: true });
  if (problems.length > 0) throw faultOf(service, 'invalid', problems.join('; '));
  const output = structuredClone(run(runOf(service, operation.name)));
  const wrong = problemsOf(operation.output, output, operation.name, { required: false });
  if (wrong.length > 0) throw new AwsFault('InternalFailure', wrong.join('; '), 500);
  return output;
}

/** Performs tasks on the accounts, and tells of every write as CloudTrail would. */
export function performer(accounts: AuditedAccounts, onEvent: ((detail: EventDetail) => void) | undefined) {
  const history: EventDetail[] = [];
  const ids = { read: idsOf('read'), write: idsOf('write'), event: idsOf('event') };
  return (task: Task): Done => {
    const { service, asked, caller, region, given } = task;
    const isWrite = Object.hasOwn(SERVICES[service].writes, asked.operation.name);
    const call: Call = { ...accounts.call(caller, region, given === 'update-failed'), history };
    const requestId = isWrite ? ids.write() : ids.read();
    let end: { output: object } | { fault: AwsFault };
    try {
      end = { output: outcomeOf(task, (run) => run(asked.input, call)) };
    } catch (fault) {
      if (!(fault instanceof AwsFault)) throw fault;
      end = { fault };
    }
    if (!isWrite) return { requestId, ...end };
    const { accountId: account, at } = call;
    const event = record({ service, ...asked, ...end, caller, account, region, at, requestId, eventId: ids.event() });
    history.push(event);
    onEvent?.(event);
    return { requestId, event, ...end };
  };
}
