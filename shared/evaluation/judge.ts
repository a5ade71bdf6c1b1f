import type { Rule } from '../baseline/baseline.ts';
import {
  type AnyControl,
  type AnyStep,
  type Fillings,
  type Message,
  type Opinion,
  SEVERITIES,
  type Severity,
} from '../controls/define-control.ts';
import type { AnySubject, Said, Verdict } from './verdict.ts';

/** Thrown by `unforeseen` on the bench, and turned into `unknown` by `judge`. */
class Unforeseen extends Error {
  override name = 'Unforeseen';
}

const worstFirst = (a: { severity: Severity }, b: { severity: Severity }) =>
  SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity);

/**
 * One control on one subject whose needed facets were all read. A control that throws is `unknown`, never a pass and
 * never a failure: what it met is named without its value's content being trusted.
 */
export function judge(rule: Rule, subject: AnySubject, now: Date): Verdict {
  const { control, params } = rule;
  try {
    const opinions = [control.evaluate({ ...BENCH, subject, params, now })].flat();
    const fails = opinions.filter((opinion) => opinion.verdict === 'fail');
    const shows = control.shows?.({ subject, params });
    const shown = shows === undefined ? {} : { shows };
    if (fails.length > 0) {
      const said = fails.map((fail) => say(rule, fail)).sort(worstFirst);
      return {
        verdict: 'fail',
        severity: said[0]?.severity ?? control.severity,
        said,
        ...shown,
        ...planned(rule, subject),
      };
    }
    const inapplicable = opinions.find((opinion) => opinion.verdict === 'not-applicable');
    return { ...(inapplicable ?? { verdict: 'pass' as const }), ...shown };
  } catch (error) {
    const why =
      error instanceof Unforeseen ? error.message : `The control could not judge what it read: ${messageOf(error)}.`;
    return { verdict: 'unknown', why };
  }
}

/** The calls of the fix, to be shown before anybody allows it. */
function planned({ control, params }: Rule, subject: AnySubject): { plan?: readonly string[] } {
  const steps: readonly AnyStep[] = control.remediation?.plan({ subject, params }) ?? [];
  return steps.length === 0 ? {} : { plan: steps.map(({ action, input }) => `${action} ${JSON.stringify(input)}`) };
}

const BENCH = {
  pass: (): Opinion => ({ verdict: 'pass' }),
  fail: (reason: string, data: Fillings = {}): Opinion => ({ verdict: 'fail', reason, data }),
  notApplicable: (why: string): Opinion => ({ verdict: 'not-applicable', why }),
  unforeseen(field: string, value: unknown): never {
    throw new Unforeseen(
      `${field} is ${value === undefined ? 'missing' : String(value).slice(0, 64)}: this control cannot judge that.`,
    );
  },
};

function say({ control, severity }: Rule, { reason, data }: Opinion & { verdict: 'fail' }): Said {
  const message = (control as AnyControl & { messages: Record<string, Message> }).messages[reason];
  const text = typeof message === 'object' ? message.text : (message ?? reason);
  const own = typeof message === 'object' ? message.severity : control.severity;
  return { reason, severity: severity ?? own, text: fill(text, data), data };
}

/** One pass over the text: what is filled in is never looked at for further holes. */
function fill(text: string, data: Fillings): string {
  return text.replace(/\{(\w+)\}/g, (hole, name: string) => (Object.hasOwn(data, name) ? String(data[name]) : hole));
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'an exception that is no error';
}
