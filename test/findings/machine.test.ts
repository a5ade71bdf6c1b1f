import { expect, it } from 'vitest';
import { INPUTS, STATES } from '../../shared/findings/finding.ts';
import { next } from '../../shared/findings/machine.ts';

/** A dash is a dropped input. The columns are INPUTS, in their order. */
const CELLS = `
         | fail   | waive  | pass   | unknown | gone   | fix-started | fix-failed
 open    | open   | waived | closed | open    | closed | fixing      | -
 unsure  | open   | waived | closed | unsure  | closed | -           | -
 fixing  | fixing | fixing | closed | fixing  | closed | -           | open
 waived  | open   | waived | closed | waived  | closed | -           | -
 closed  | open   | waived | closed | unsure  | closed | -           | -
`;

const rows = CELLS.trim()
  .split('\n')
  .map((row) => row.split('|').map((cell) => cell.trim()));
const cells = rows
  .slice(1)
  .flatMap(([state, ...to]) => INPUTS.map((input, column) => ({ state, input, to: to[column] })));

it('every state meets every input', () => {
  expect(rows.slice(1).map(([state]) => state)).toEqual([...STATES]);
  expect(rows[0]?.slice(1)).toEqual([...INPUTS]);
  expect(cells).toHaveLength(35);
});

it.each(cells)('$state on $input becomes $to', ({ state, input, to }) => {
  expect(next(state as (typeof STATES)[number], input) ?? '-').toBe(to);
});

it('an absent finding counts as closed', () => {
  expect(INPUTS.map((input) => next(undefined, input))).toEqual(INPUTS.map((input) => next('closed', input)));
});
