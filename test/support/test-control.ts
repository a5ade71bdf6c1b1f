import { isDeepStrictEqual } from 'node:util';
import { expect, it } from 'vitest';
import type { Rule } from '../../shared/baseline/baseline.ts';
import { type AnyControl, type Message, SEVERITIES, type Severity } from '../../shared/controls/define-control.ts';
import { judge } from '../../shared/evaluation/judge.ts';
import type { AnySubject, Verdict } from '../../shared/evaluation/verdict.ts';
import { applied } from './apply-steps.ts';
import { type AnyTable, type ControlTable, type Example, examplesOf } from './control-table.ts';
import { register } from './control-tables.ts';
import { wordProblems } from './control-words.ts';
import { tableProblems } from './table-problems.ts';

/** When a row without a time of its own is judged. */
export const TABLE_NOW = '2026-11-21T12:00:00Z';

const CALLED: Record<Example['heading'], string> = {
  passes: 'passes',
  notApplicable: 'not applicable',
  fails: 'fails',
  unforeseen: 'unknown',
};

/**
 * Judges every row of a control's table as the engine does and compares whole verdicts, their wording excepted; then
 * judges the table itself, and carries out the control's plan on every failing row.
 */
export function testControl<const C extends AnyControl>(control: C, rows: ControlTable<C>): void {
  const table = rows as unknown as AnyTable;
  if (register(control.id, table)) return;
  const examples = examplesOf(table);
  for (const example of examples) {
    it(titleOf(CALLED[example.heading], example), () => {
      const verdict = verdictOf(control, example);
      expect(worded(verdict)).toEqual(expected(control, example));
      if (example.row.shows !== undefined) expect(verdict).toMatchObject({ shows: example.row.shows });
    });
  }
  it('U-03: the table shows all that the control can say', () => expect(tableProblems(control, table)).toEqual([]));
  it('the words are statements and sentences', () => expect(wordProblems(control)).toEqual([]));
  if (control.remediation === undefined) return;
  for (const example of examples.filter(({ heading }) => heading === 'passes')) {
    it(titleOf('nothing to fix', example), () => expect(stepsOnPassing(control, example)).toEqual([]));
  }
  for (const example of examples.filter(({ heading }) => heading === 'fails')) {
    it(titleOf('the fix fixes', example), () => expect(fixProblems(control, example)).toEqual([]));
  }
}

/** The id of a promise that a row keeps stands in front of everything. */
function titleOf(heading: string, { name }: Example): string {
  const [, id, rest] = /^([A-Z]+-\d+): (.*)$/.exec(name) ?? [];
  return id === undefined ? `${heading}: ${name}` : `${id}: ${heading}: ${rest}`;
}

function ruleOf(control: AnyControl, { row }: Example): Rule {
  const params = control.params.parse(row.params ?? {}) as Rule['params'];
  return { control, mode: 'notify', params, always: false };
}

function verdictOf(control: AnyControl, example: Example, subject = example.row.subject as AnySubject): Verdict {
  return judge(ruleOf(control, example), subject, new Date(example.row.now ?? TABLE_NOW));
}

/** A verdict without its words, but for holes that were left open in them. */
function worded(verdict: Verdict): unknown {
  if (verdict.verdict === 'not-applicable') return { verdict: verdict.verdict };
  if (verdict.verdict === 'unknown') return { verdict: verdict.verdict, field: verdict.why.split(' is ')[0] };
  const { shows: _shows, plan: _plan, ...rest } = verdict as typeof verdict & { plan?: unknown };
  if (rest.verdict === 'pass') return rest;
  const said = rest.said.map(({ text, ...each }) => ({ ...each, open: text.match(/\{\w+\}/g) ?? [] }));
  return { ...rest, said };
}

function expected(control: AnyControl, { heading, row }: Example): unknown {
  if (heading === 'passes') return { verdict: 'pass' };
  if (heading === 'notApplicable') return { verdict: 'not-applicable' };
  if (heading === 'unforeseen') return { verdict: 'unknown', field: row.field };
  const said = [{ message: row.message, data: row.data }, ...(row.also ?? [])].map(({ message = '', data = {} }) => ({
    reason: message,
    severity: severityOf(control, message),
    data,
    open: [],
  }));
  const worst = SEVERITIES.find((severity) => said.some((each) => each.severity === severity));
  return { verdict: 'fail', severity: row.severity ?? worst, said };
}

function severityOf({ messages, severity }: AnyControl, name: string): Severity {
  const message = (messages as Record<string, Message>)[name];
  return typeof message === 'object' ? message.severity : severity;
}

/** What is right needs no step, and has none to take back. */
function stepsOnPassing(control: AnyControl, example: Example): unknown[] {
  const { params } = ruleOf(control, example);
  const subject = example.row.subject as AnySubject;
  const { plan, undo } = control.remediation ?? {};
  return [...(plan?.({ subject, params }) ?? []), ...(undo?.({ before: subject, subject, params }) ?? [])];
}

/** The plan must make the row pass and its undoing must bring the verdict back; a row without a plan says why. */
export function fixProblems(control: AnyControl, example: Example): string[] {
  const { params } = ruleOf(control, example);
  const before = example.row.subject as AnySubject;
  const { plan, undo, uses, irreversible } = control.remediation ?? {};
  const steps = plan?.({ subject: before, params }) ?? [];
  if (steps.length === 0) return example.row.unplanned ? [] : ['The plan is empty and the row does not say why.'];
  const after = applied(before, steps);
  const verdict = verdictOf(control, example, after);
  const back = undo?.({ before: JSON.parse(JSON.stringify(before)), subject: after, params }) ?? [];
  const again = back.length === 0 ? undefined : verdictOf(control, example, applied(after, back));
  const undeclared = [...steps, ...back].filter(({ action }) => !(uses as string[] | undefined)?.includes(action));
  return [
    ...(example.row.unplanned ? ['The row says that there is no plan, but there is one.'] : []),
    ...(verdict.verdict === 'pass' ? [] : [`After the fix it is ${JSON.stringify(verdict)}.`]),
    ...(undo || irreversible ? [] : ['There is neither a way back nor a reason why not.']),
    ...(!undo || isDeepStrictEqual(again && worded(again), worded(verdictOf(control, example)))
      ? []
      : ['Undoing the fix does not bring it back.']),
    ...undeclared.map(({ action }) => `${action} is not among its uses.`),
    ...steps.flatMap(({ safety, oneWay }) => (safety === 'auto' && oneWay ? ['A one-way step is never auto.'] : [])),
  ];
}
