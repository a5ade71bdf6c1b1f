import type { Fillings, Severity } from '../controls/define-control.ts';
import type { AnyKind, SubjectOf } from '../resources/kind.ts';

export interface Said {
  reason: string;
  severity: Severity;
  /** The message with its holes filled; raw text, escaped by each channel. */
  text: string;
  data: Fillings;
}

/**
 * The engine's word on one subject and one control. `missing` is the permission that a refused read lacked; `plan` is
 * what a fix would call, as `service:Action {input}`, whether or not it may.
 */
export type Verdict =
  | { verdict: 'pass'; shows?: string }
  | { verdict: 'fail'; severity: Severity; said: readonly Said[]; shows?: string; plan?: readonly string[] }
  | { verdict: 'not-applicable'; why: string; shows?: string }
  | { verdict: 'unknown'; why: string; missing?: string };

/** A resource of any kind as read; only its own controls know its fields. */
export type AnySubject = SubjectOf<AnyKind>;
