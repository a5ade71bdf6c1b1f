import { expect, it } from 'vitest';
import { z } from 'zod';
import deletionProtection from '../../shared/controls/cluster/eks-deletion-protection.ts';
import { defineControl } from '../../shared/controls/define-control.ts';
import { cluster } from '../../shared/resources/cluster.ts';
import { applied } from '../support/apply-steps.ts';
import { aCluster } from '../support/builders.ts';
import type { AnyTable, Example } from '../support/control-table.ts';
import { wordProblems } from '../support/control-words.ts';
import { tableProblems } from '../support/table-problems.ts';
import { fixProblems } from '../support/test-control.ts';

const unprotected = aCluster({ deletionProtection: false });

const sloppy = defineControl({
  id: 'sample-sloppy',
  title: 'a title with a full stop.',
  severity: 'low',
  why: 'no capital, no stop',
  howToFix: 'Put it right.',
  references: {},
  resources: [cluster],
  needs: [],
  triggers: ['eks:CreateCluster'],
  fix: 'auto',
  params: z.object({ most: z.int().default(1).describe('The most.'), bare: z.int().default(1) }),
  messages: { used: 'It is used.', unused: `It is ${'very '.repeat(40)}long.` },
  evaluate: ({ fail }) => fail('used'),
  remediation: {
    risk: 'None.',
    uses: ['eks:UpdateClusterConfig'],
    plan: ({ subject }) => [
      { safety: 'auto', action: 'eks:UpdateClusterConfig', input: { name: subject.name, deletionProtection: true } },
    ],
  },
});

it('a table that leaves something unshown, or shows it twice, is refused', () => {
  const row = { subject: unprotected, message: 'used' };
  const table = { passes: {}, fails: { once: row, 'once more': { ...row, params: {} } }, unforeseen: { once: row } };
  expect(tableProblems(sloppy, table as unknown as AnyTable)).toEqual([
    'Nothing stands under passes.',
    'No row fails with unused.',
    'No row sets most.',
    'No row sets bare.',
    '"once more" repeats another row.',
    '"once" repeats another row.',
    'Two rows are called "once".',
  ]);
});

it('words that are no statements or sentences are refused', () => {
  expect(wordProblems(sloppy)).toEqual([
    'title: "a title with a full stop." is no statement without a full stop.',
    'why: "no capital, no stop" is no sentence.',
    'params.bare: "" is no sentence.',
    'messages.unused has 211 characters, more than 160.',
  ]);
});

it('a fix that does not fix, and one that cannot be undone, are refused', () => {
  const example: Example = { heading: 'fails', name: 'any', row: { subject: unprotected, message: 'used' } };
  expect(fixProblems(sloppy, example).map((problem) => problem.split(' {')[0])).toEqual([
    'After the fix it is',
    'There is neither a way back nor a reason why not.',
  ]);
});

it('a failing row without a plan must say why, and one with a plan must not', () => {
  const row = { subject: unprotected, message: 'offInProduction' };
  const said = { heading: 'fails', name: 'any', row: { ...row, unplanned: 'Because.' } } as const;
  expect(fixProblems(deletionProtection, said)).toEqual(['The row says that there is no plan, but there is one.']);
  const noPlan = { ...deletionProtection, remediation: { ...deletionProtection.remediation, plan: () => [] } };
  expect(fixProblems(noPlan as never, { ...said, row })).toEqual(['The plan is empty and the row does not say why.']);
});

it('a step that names another resource, or changes nothing, is refused', () => {
  const step = (name: string, deletionProtection: boolean) =>
    [{ safety: 'auto', action: 'eks:UpdateClusterConfig', input: { name, deletionProtection } }] as const;
  expect(() => applied(unprotected, step('lab', true))).toThrow('A step names lab, but the finding is about payments.');
  expect(() => applied(unprotected, step('payments', false))).toThrow('No changes needed');
  expect(applied(unprotected, step('payments', true))).toEqual(aCluster());
});
