import { expect, it } from 'vitest';
import { z } from 'zod';
import type { Rule } from '../../shared/baseline/baseline.ts';
import type { AnyControl, Opinion } from '../../shared/controls/define-control.ts';
import { judge } from '../../shared/evaluation/judge.ts';
import type { AnySubject } from '../../shared/evaluation/verdict.ts';
import { cluster } from '../../shared/resources/cluster.ts';
import { aCluster } from '../support/builders.ts';

const NOW = new Date('2026-11-21T12:00:00Z');

type Evaluate = AnyControl['evaluate'];

/** A made-up control that says what the test wants. */
function aRule(evaluate: Evaluate, more: Partial<AnyControl> = {}, severity?: Rule['severity']): Rule {
  const control: AnyControl = {
    id: 'sample',
    title: 'A sample',
    severity: 'medium',
    why: 'A sample.',
    howToFix: 'Nothing to do.',
    references: {},
    resources: [cluster],
    needs: [],
    triggers: ['eks:CreateCluster'],
    fix: 'none',
    params: z.object({}),
    messages: { plain: 'It is {what} and {other}.', worse: { text: 'It is worse.', severity: 'critical' } },
    evaluate,
    ...more,
  };
  return { control, mode: 'notify', params: {}, always: false, ...(severity ? { severity } : {}) };
}

const judged = (evaluate: Evaluate, more?: Partial<AnyControl>, severity?: Rule['severity']) =>
  judge(aRule(evaluate, more, severity), aCluster() as AnySubject, NOW);

it('passes what the control passes, and shows the value that was judged', () => {
  expect(judged(({ pass }) => pass())).toEqual({ verdict: 'pass' });
  expect(judged(({ pass }) => pass(), { shows: () => 'on' })).toEqual({ verdict: 'pass', shows: 'on' });
});

it('says each failure with its own severity, the worst first', () => {
  const both: Evaluate = ({ fail, pass }) => [pass(), fail('plain', { what: 1, other: 'two' }), fail('worse', {})];
  expect(judged(both)).toEqual({
    verdict: 'fail',
    severity: 'critical',
    said: [
      { reason: 'worse', severity: 'critical', text: 'It is worse.', data: {} },
      { reason: 'plain', severity: 'medium', text: 'It is 1 and two.', data: { what: 1, other: 'two' } },
    ],
  });
});

it('takes the severity of the baseline where it sets one', () => {
  const said = [{ reason: 'worse', severity: 'low', text: 'It is worse.', data: {} }];
  expect(judged(({ fail }) => fail('worse', {}), {}, 'low')).toEqual({ verdict: 'fail', severity: 'low', said });
});

it('IN-09: what fills a hole is never looked at for further holes', () => {
  const verdict = judged(({ fail }) => fail('plain', { what: '{other} {constructor}', other: '{what}' }));
  expect(verdict).toEqual(
    expect.objectContaining({ said: [expect.objectContaining({ text: 'It is {other} {constructor} and {what}.' })] }),
  );
});

it('leaves a hole open that nothing was given for, a name of the prototype among them', () => {
  const messages = { plain: 'It is {what} and {toString}.' };
  expect(judged(({ fail }) => fail('plain', { what: 'so' }), { messages })).toEqual(
    expect.objectContaining({ said: [expect.objectContaining({ text: 'It is so and {toString}.' })] }),
  );
});

it('is not applicable where one part is not and none fails', () => {
  const opinions: Evaluate = ({ pass, notApplicable }) => [pass(), notApplicable('It is another kind.')];
  expect(judged(opinions)).toEqual({ verdict: 'not-applicable', why: 'It is another kind.' });
  const failing: Evaluate = ({ fail, notApplicable }) => [notApplicable('It is another kind.'), fail('worse', {})];
  expect(judged(failing).verdict).toBe('fail');
});

it('U-05: a value that the control does not know is unknown, and its field is named', () => {
  expect(judged(({ unforeseen }) => unforeseen('accessConfig.authenticationMode', 'QUANTUM'))).toEqual({
    verdict: 'unknown',
    why: 'accessConfig.authenticationMode is QUANTUM: this control cannot judge that.',
  });
});

it('U-05: a value without end is cut', () => {
  const verdict = judged(({ unforeseen }) => unforeseen('field', 'x'.repeat(100_000)));
  expect(verdict).toEqual({
    verdict: 'unknown',
    why: `field is ${'x'.repeat(64)}: this control cannot judge that.`,
  });
});

it.each<[string, Evaluate]>([
  ['throws', () => JSON.parse('{')],
  ['throws what is no error', () => Promise.reject.call(undefined) as never],
  ['says nothing', () => undefined as unknown as Opinion],
  ['reads what is not there', ({ subject }) => (subject as unknown as { no: { such: Opinion } }).no.such],
])('a control that %s is unknown, and neither a pass nor a failure', (_, evaluate) => {
  expect(judged(evaluate)).toEqual({
    verdict: 'unknown',
    why: expect.stringMatching(/^The control could not judge what it read: /),
  });
});

it('a plan or a shown value that throws makes the verdict unknown too', () => {
  const shows = () => {
    throw new Error('No such value');
  };
  const why = 'The control could not judge what it read: No such value.';
  expect(judged(({ pass }) => pass(), { shows })).toEqual({ verdict: 'unknown', why });
  const remediation = { risk: 'None.', uses: [], plan: shows, irreversible: 'A sample.' };
  expect(judged(({ fail }) => fail('worse', {}), { remediation })).toEqual({ verdict: 'unknown', why });
});

it('shows the exact calls of a fix with a failure, and none where there is nothing to do', () => {
  const plan = () => [{ safety: 'auto', action: 'eks:UpdateClusterConfig', input: { name: 'payments' } }] as const;
  const remediation = { risk: 'None.', uses: ['eks:UpdateClusterConfig'], plan, irreversible: 'A sample.' };
  const failing: Evaluate = ({ fail }) => fail('worse', {});
  expect(judged(failing, { remediation } as object)).toEqual(
    expect.objectContaining({ plan: ['eks:UpdateClusterConfig {"name":"payments"}'] }),
  );
  expect(judged(failing, { remediation: { ...remediation, plan: () => [] } } as object)).not.toHaveProperty('plan');
});
