import type { AnyControl, Severity } from '../controls/define-control.ts';
import type { KindName, Resource } from '../resources/resource.ts';

export const MODES = ['off', 'observe', 'notify', 'approve', 'remediate'] as const;
/** `observe`: stored and reported, never sent. `approve` and `remediate` also notify. */
export type Mode = (typeof MODES)[number];

/** Where a control is about to be applied: what scopes, routes and waivers select by. */
export interface Where {
  resource: Resource;
  clusters: readonly string[];
  tags: Readonly<Record<string, string>>;
}

/** One control as it applies somewhere: params validated, defaults filled in. */
export interface Rule {
  control: AnyControl;
  mode: Exclude<Mode, 'off'>;
  /** Replaces the severity of every message of the control. */
  severity?: Severity;
  params: Record<string, unknown>;
  /** Makes a fix run although code (Terraform, CloudFormation …) owns the resource. */
  always: boolean;
}

export interface Waiver {
  control: string;
  resource: string;
  reason: string;
  ticket?: string;
  requestedBy: string;
  approvedBy: string;
  /** A date, `YYYY-MM-DD`: the last day (UTC) on which it holds. */
  until: string;
}

export const WHEN = ['now', 'digest'] as const;
/** Who gets what. Absent selectors select all. */
export interface Route {
  name: string;
  when: (typeof WHEN)[number];
  severities?: readonly Severity[];
  groups?: readonly string[];
  controls?: readonly string[];
  accounts?: readonly string[];
  clusters?: readonly string[];
  tags?: Readonly<Record<string, string>>;
  to: readonly ('email' | 'slack' | 'chat')[];
  /** What e-mail also tells of, beyond failures and the end of our own fixes. */
  also?: readonly ('resolved' | 'waived')[];
  /** A Slack channel from this file, never from a tag or an event; needs the token kind of secret. */
  slackChannel?: string;
}

/** The baseline ready for use: `compileBaseline` makes it from validated data and the catalogue. */
export interface Baseline {
  /** Every control that is not off everywhere, in id order: what `derive` works from. */
  controls: readonly AnyControl[];
  /** Those of them that are in `approve` or `remediate` somewhere. Without any there is nothing that may write. */
  fixed: readonly AnyControl[];
  /** The rules for one resource of a kind, `off` ones left out. */
  rules(kind: KindName, where: Where): Rule[];
  /** The live waiver that covers this control on this resource, if any; an ended one covers nothing. */
  waiver(control: string, where: Where, now: number): Waiver | undefined;
  /** All that the file has, ended ones too. */
  waivers: readonly Waiver[];
  routes: readonly Route[];
  /** Days after which a critical finding that nobody acknowledged is told again; 0 or absent: never. */
  remindAfter?: number;
  remediation: {
    /** SSM parameter: `on` lets fixes run; absent, unreadable or anything else stops them. */
    killSwitch: string;
    fixesPerHour: number;
    /** Accounts whose resources may be fixed; empty: the same as watched. */
    accounts: readonly string[];
  };
  /** Accounts that are watched; empty: only the account we are installed in. */
  accounts: readonly string[];
}
