import type { Audited } from '../cloud/own/wire.ts';
import type { BindingChanges } from './bindings.ts';
import type { Environment, HandlerSource } from './handlers.ts';

/** What a source of events can use of the world: its time, and the way onto the bus. */
export interface Sources {
  now(): number;
  put(event: unknown, after?: number): void;
}

export interface LocalWorldOptions {
  /** When the story begins: milliseconds or a date. */
  now: number | string;
  handlers: HandlerSource;
  bindings?: BindingChanges;
  /** Whether the pattern of a rule fits the event; each does, if left out. */
  matches?: (event: unknown) => boolean;
  /** The accounts that are audited; a function is called with the time and the bus of the world. */
  audited?: Audited | ((sources: Sources) => Audited);
  account?: string;
  region?: string;
  /** More settings. */
  environment?: Environment;
  slack?: 'webhook' | 'token';
  /** Shuffles what is due at the same time, and delivers that share of queue messages twice. The same for the same seed. */
  disorder?: { seed: number; repeats?: number };
}
