import type { Baseline, Rule, Waiver, Where } from '../baseline/baseline.ts';
import type { AnyKind } from '../resources/kind.ts';
import { judge } from './judge.ts';
import type { Found } from './read-subject.ts';
import type { Verdict } from './verdict.ts';

/** One control's word on one resource, with the rule and the waiver it was given under. */
export interface Judged {
  rule: Rule;
  verdict: Verdict;
  waiver?: Waiver;
}

/** Judges a subject by every rule that holds for it. A facet that could not be read makes unknown those that need it, and no others. */
export function evaluate(baseline: Baseline, kind: AnyKind, found: Found, where: Where, now: number): Judged[] {
  return baseline.rules(kind.kind, where).map((rule) => {
    const unread = rule.control.needs.flatMap((name) => found.unread.get(name) ?? [])[0];
    const verdict: Verdict = unread ? unreadVerdict(unread) : judge(rule, found.subject, new Date(now));
    return covered(baseline, rule, verdict, where, now);
  });
}

/** The resource itself could not be read: every rule that holds for it is unknown. */
export function unreadable(
  baseline: Baseline,
  kind: AnyKind,
  read: { action?: string; outcome: string; why?: string },
  where: Where,
): Judged[] {
  return baseline.rules(kind.kind, where).map((rule) => ({ rule, verdict: unreadVerdict(read) }));
}

function unreadVerdict(read: { outcome: string; action?: string; why?: string }): Verdict {
  const why = read.why ?? 'What it refers to does not exist.';
  return read.outcome === 'refused' && read.action !== undefined
    ? { verdict: 'unknown', why, missing: read.action }
    : { verdict: 'unknown', why };
}

/** A failure with the waiver that covers it now, if there is one. */
export function covered(baseline: Baseline, rule: Rule, verdict: Verdict, where: Where, now: number): Judged {
  if (verdict.verdict !== 'fail') return { rule, verdict };
  const waiver = baseline.waiver(rule.control.id, where, now);
  return waiver ? { rule, verdict, waiver } : { rule, verdict };
}
