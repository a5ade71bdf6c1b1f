import type { z } from 'zod';
import type { InputOf, WriteAction } from '../aws/actions.ts';
import type { AnyKind, EventsOf, FacetNames, SubjectOf } from '../resources/kind.ts';
import type { KindName } from '../resources/resource.ts';

export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const;
export type Severity = (typeof SEVERITIES)[number];

export const FIX_CLASSES = ['auto', 'approve', 'manual', 'none'] as const;
/** How the main fix of a control may be run: alone, after an approval, by a person, or never (immutable). */
export type FixClass = (typeof FIX_CLASSES)[number];

type Placeholder<Text> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Placeholder<Rest> : never;
export type Message = string | { text: string; severity: Severity };
type TextOf<M> = M extends { text: infer T } ? T : M;
/** What fills the holes of a message's text. */
export type Fillings = Record<string, string | number>;
type DataOf<M> = [Placeholder<TextOf<M>>] extends [never]
  ? []
  : [data: Record<Placeholder<TextOf<M>>, string | number>];

/** What a control may say. `unknown` is not among them: only the engine says that. */
export type Opinion =
  | { verdict: 'pass' }
  | { verdict: 'fail'; reason: string; data: Fillings }
  | { verdict: 'not-applicable'; why: string };

export interface Bench<Subject, Params, Messages extends Record<string, Message>> {
  subject: Subject;
  params: Params;
  now: Date;
  pass(): Opinion;
  fail<Reason extends keyof Messages & string>(reason: Reason, ...data: DataOf<Messages[Reason]>): Opinion;
  notApplicable(why: string): Opinion;
  /** A value that AWS added after this control was written: the engine makes it `unknown`. */
  unforeseen(field: string, value: unknown): never;
}

/** One write. `safety: 'manual'` is never run by us; one-way changes are never `auto`. */
export type Step<Action extends WriteAction> = Action extends WriteAction
  ? { safety: 'auto' | 'approve' | 'manual'; action: Action; input: InputOf<Action>; oneWay?: boolean }
  : never;
export type AnyStep = Step<WriteAction>;

export interface Remediation<Subject, Params, Uses extends WriteAction> {
  /** What the fix may break or cost: one sentence, shown before it is allowed. */
  risk: string;
  uses: readonly Uses[];
  plan(bench: { subject: Subject; params: Params }): Step<NoInfer<Uses>>[];
  /** The steps back, from the subject as it was before the fix and as it is now; absent with `irreversible`. */
  undo?(bench: { before: Subject; subject: Subject; params: Params }): Step<NoInfer<Uses>>[];
  irreversible?: string;
}

export interface References {
  cis?: readonly string[];
  securityHub?: readonly string[];
  nist?: readonly string[];
  pci?: readonly string[];
  responsibility?: 'customer' | 'shared';
}

export interface Control<
  K extends AnyKind,
  Needs extends string,
  P extends z.ZodObject,
  M extends Record<string, Message>,
  Uses extends WriteAction,
> {
  id: string;
  title: string;
  severity: Severity;
  why: string;
  howToFix: string;
  references: References;

  resources: readonly K[];
  /** Facets beyond the base read; a denied one makes this control unknown, and no other. */
  needs: readonly Needs[];
  triggers: readonly NoInfer<EventsOf<K>>[];
  fix: FixClass;
  /** The catalogue version that brought it; absent: the first. A baseline written for an older one starts it in `observe`. */
  since?: number;
  /** What of this control's catalogue entry cannot be judged yet, for a kind of its own or one that does not exist here yet; each a sentence. */
  notJudged?: Readonly<Record<string, string>>;

  params: P;
  messages: M;
  /** The judged value in words, stored with each verdict: a notice tells from it what was before and what is now. */
  shows?(bench: { subject: SubjectOf<K, NoInfer<Needs>>; params: z.infer<P> }): string;
  /** One opinion, or several: any fail makes a fail with all their messages, the worst severity first. */
  evaluate(bench: Bench<SubjectOf<K, NoInfer<Needs>>, z.infer<P>, M>): Opinion | readonly Opinion[];
  remediation?: Remediation<SubjectOf<K, NoInfer<Needs>>, z.infer<P>, Uses>;
}

// biome-ignore lint/suspicious/noExplicitAny: a control of any kind, params and messages; its own file is where the types are checked.
export type AnyControl = Control<any, string, z.ZodObject, any, any> & { resources: readonly AnyKind[] };

/** Checks trigger names, facets, message data and writes as types; adds nothing at run time. */
export const defineControl = <
  const K extends AnyKind,
  const Needs extends FacetNames<K>,
  P extends z.ZodObject,
  const M extends Record<string, Message>,
  const Uses extends WriteAction = never,
>(
  control: Control<K, Needs, P, M, Uses>,
): Control<K, Needs, P, M, Uses> => control;

/** The kinds of a control by name. */
export function kindsOf(control: AnyControl): readonly KindName[] {
  return control.resources.map(({ kind }) => kind);
}
