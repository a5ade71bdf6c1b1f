import type { Context } from 'aws-lambda';
import type { Clock } from '../../../shared/runtime/clock.ts';
import { idMaker } from './chance.ts';
import type { FunctionName, Handlers } from './handlers.ts';
import type { Emit } from './steps.ts';

/** One run of a function: its batch and what came of it. `error` is what was thrown. */
export interface Invocation {
  at: number;
  function: FunctionName;
  requestId: string;
  event: { Records: readonly unknown[] };
  result?: unknown;
  error?: unknown;
}

export type Invoke = (name: FunctionName, event: Invocation['event']) => Promise<Invocation>;

export interface InvokerOptions {
  handlers: Handlers;
  now: Clock;
  account: string;
  region: string;
  emit: Emit;
  log: Invocation[];
}

/** Runs functions as Lambda does: events and results pass as JSON, errors are told and not thrown. */
export function invoker({ handlers, now, account, region, emit, log }: InvokerOptions): Invoke {
  const nextId = idMaker('request');
  return async (name, event) => {
    const handler = handlers[name];
    if (handler === undefined) throw new TypeError(`This world has no ${name}.`);
    const requestId = nextId();
    const invocation: Invocation = { at: now(), function: name, requestId, event: copied(event) };
    log.push(invocation);
    emit({ step: 'invocation', function: name, requestId, event });
    const arn = `arn:aws:lambda:${region}:${account}:function:${name}`;
    try {
      const call = handler as (event: unknown, context: Context) => unknown;
      invocation.result = copied(await call(copied(event), contextOf(name, arn, requestId)));
      emit({ step: 'outcome', function: name, requestId, result: invocation.result });
    } catch (error) {
      invocation.error = error;
      emit({ step: 'outcome', function: name, requestId, error });
    }
    return invocation;
  };
}

function copied<T>(value: T): T {
  return value === undefined ? value : (JSON.parse(JSON.stringify(value)) as T);
}

/** Thirty seconds are always left: time stands still while a function runs. */
function contextOf(functionName: FunctionName, invokedFunctionArn: string, awsRequestId: string): Context {
  const old = () => {
    throw new Error('A handler answers with a promise.');
  };
  return {
    callbackWaitsForEmptyEventLoop: false,
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn,
    memoryLimitInMB: '256',
    awsRequestId,
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: 'local',
    getRemainingTimeInMillis: () => 30_000,
    done: old,
    fail: old,
    succeed: old,
  };
}
