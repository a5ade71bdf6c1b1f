import type { Context } from 'aws-lambda';
import type { VirtualClock } from './virtual-clock.ts';

export const FUNCTION_NAMES = [
  'locate-change',
  'evaluate-resource',
  'announce-finding',
  'remediate-finding',
  'post-to-slack',
] as const;
export type FunctionName = (typeof FUNCTION_NAMES)[number];

/** Any Lambda handler: `never` takes each one's own event. */
export type LambdaHandler = (event: never, context: Context) => unknown;

/** A function that is left out is not mapped: its queue keeps its messages. */
export type Handlers = Readonly<Partial<Record<FunctionName, LambdaHandler>>>;

export type Environment = Readonly<Record<string, string>>;

/** What the world has ready when its handlers are made. */
export interface Wiring {
  clock: VirtualClock;
  /** All settings of all functions, with `AWS_ENDPOINT_URL`, region and credentials. */
  environment: Environment;
  /** A line that a function wrote. */
  write(name: FunctionName, line: string): void;
  /** Done when the world closes, the last first. */
  defer(undo: () => void): void;
}

/** Handlers as they are, or made once the world's wiring is known. */
export type HandlerSource = Handlers | ((wiring: Wiring) => Handlers | Promise<Handlers>);

/**
 * For handlers from source that build their world from the process: while the world is open, this process's `Date` is
 * the world's, and its environment has the world's settings and no other `AWS_…`.
 */
export function inProcess(load: (wiring: Wiring) => Handlers | Promise<Handlers>): HandlerSource {
  return (wiring) => {
    const { clock, environment, defer } = wiring;
    clock.takeDate();
    defer(clock.giveDateBack);
    const before = { ...process.env };
    for (const name of Object.keys(before)) if (name.startsWith('AWS_')) delete process.env[name];
    Object.assign(process.env, environment);
    defer(() => {
      for (const name of Object.keys(environment)) delete process.env[name];
      Object.assign(process.env, before);
    });
    return load(wiring);
  };
}
