import type { Cause } from '../changes/change.ts';
import type { References, Severity } from '../controls/define-control.ts';
import type { Said } from '../evaluation/verdict.ts';
import type { FixSummary, State } from '../findings/finding.ts';
import type { Resource } from '../resources/resource.ts';

/** What was judged, and what came of it: the one value that every format, page and comparison is made of. */
export interface Report {
  /** Of eks-warden. */
  version: string;
  /** When what it shows was read (ms). */
  at: number;
  /** A scan just now, a snapshot of one, or the table of the hub. */
  source: 'scan' | 'snapshot' | 'table';
  scopes: readonly ReportedScope[];
  controls: readonly ReportedControl[];
  /** One for each control on each resource, passes included; in the order of `byWorst`. */
  verdicts: readonly Reported[];
  /** Somebody stopped it, or a limit did: what is missing is not in order. */
  partial?: string;
  /** Calls to AWS, by action. */
  calls?: Readonly<Record<string, number>>;
}

export interface ReportedScope {
  account: string;
  /** `global` for IAM. */
  region: string;
  /** False where something could not be listed. */
  complete: boolean;
  /** Why, each with the permission that is missing where that is known. */
  unread: readonly { kind: string; why: string; missing?: string }[];
}

export interface ReportedControl {
  id: string;
  group: string;
  title: string;
  severity: Severity;
  why: string;
  howToFix: string;
  fix: 'auto' | 'approve' | 'manual' | 'none';
  references: References;
  /** What it does not judge of its catalogue entry, in a sentence. */
  notJudged?: string;
}

/** `unknown` is never a pass; `waived` fails, and somebody has accepted it. */
export const VERDICTS = ['fail', 'unknown', 'waived', 'pass', 'not-applicable'] as const;
export type ReportedVerdict = (typeof VERDICTS)[number];

export interface Reported {
  /** The finding's id: the same in every run, and in the table. */
  id: string;
  control: string;
  verdict: ReportedVerdict;
  severity: Severity;
  resource: Resource;
  clusters: readonly string[];
  tags: Readonly<Record<string, string>>;
  said: readonly Said[];
  shows?: string;
  /** Why it is unknown, and the permission that is missing. */
  unread?: { why: string; missing?: string };
  waiver?: { reason: string; until: string; approvedBy: string; ticket?: string };
  plan?: readonly string[];
  /** What only the table knows. */
  state?: State;
  firstSeen?: number;
  since?: number;
  cause?: Cause;
  fix?: FixSummary;
}
