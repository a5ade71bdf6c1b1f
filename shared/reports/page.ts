import type { Severity } from '../controls/define-control.ts';
import type { State } from '../findings/finding.ts';

/** What a page of findings is made of: plain data, raw texts. */
export interface FindingsPage {
  title: string;
  /** A sentence below the title. */
  about: string;
  /** When it was made (ms); the page says nothing of any other clock. */
  madeAt: number;
  /** A few numbers worth a glance. */
  figures: readonly { label: string; value: string | number }[];
  /** One row for each control that judged something. */
  posture: readonly PostureRow[];
  findings: readonly PageFinding[];
}

export interface PostureRow {
  control: string;
  title: string;
  severity: Severity;
  /** Resources by what stands of this control: in order, not, not known, accepted. */
  passed: number;
  open: number;
  unknown: number;
  waived: number;
}

export interface PageFinding {
  /** Unique on the page. */
  id: string;
  control: string;
  title: string;
  severity: Severity;
  state: State;
  /** The kind in words, and the id. */
  called: string;
  resource: string;
  account: string;
  region: string;
  clusters: readonly string[];
  /** What it says: sentences. */
  said: readonly string[];
  why: string;
  howToFix: string;
  before?: string;
  now?: string;
  /** What a fix would call, inputs included. */
  plan: readonly string[];
  notJudged?: string;
  /** A fix that a later look has proven. */
  proven: boolean;
  /** How it came about, the oldest first. */
  moments: readonly Moment[];
}

export interface Moment {
  at: number;
  what: 'event' | 'state' | 'notice' | 'fix' | 'look';
  /** A line. */
  text: string;
  /** Who, from where, the exact call: smaller print below it. */
  detail?: string;
  /** In how good a light it stands: the colour of its mark. */
  tone?: 'good' | 'bad' | 'unsure';
}
