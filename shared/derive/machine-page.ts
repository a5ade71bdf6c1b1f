import { INPUTS, type Input, STATES, type State } from '../findings/finding.ts';
import { transitions } from '../findings/machine.ts';
import { alignedTable } from './markdown.ts';

/** All inputs that lead from one state to another; from a state to itself is staying. */
export interface Edge {
  from: State;
  to: State;
  inputs: readonly Input[];
}

/** The machine as edges, in the order of its states. What it drops is no edge. */
export function edgesOf(machine: Readonly<Record<State, Readonly<Record<Input, State | null>>>> = transitions): Edge[] {
  return STATES.flatMap((from) =>
    STATES.flatMap((to): Edge[] => {
      const inputs = INPUTS.filter((input) => machine[from][input] === to);
      return inputs.length > 0 ? [{ from, to, inputs }] : [];
    }),
  );
}

const BEGIN = '<!-- The machine, derived from shared/findings/machine.ts by `npm run derive`. -->';
const END = '<!-- The end of what is derived. -->';

/** Puts the machine between the markers of a page that is written by hand. */
export function withMachine(page: string): string {
  const [before, rest] = page.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined)
    throw new Error('docs/findings.md has lost the marks of the machine.');
  return `${before}${BEGIN}\n\n${machineText()}\n\n${END}${after}`;
}

function machineText(): string {
  const rows = STATES.map((state) => [`**${state}**`, ...INPUTS.map((input) => transitions[state][input] ?? '–')]);
  return ['```mermaid', ...mermaid(), '```', '', alignedTable(['', ...INPUTS], rows)].join('\n');
}

function mermaid(): string[] {
  const moves = edgesOf().filter(({ from, to }) => from !== to);
  return [
    'stateDiagram-v2',
    '  [*] --> closed',
    ...moves.map(({ from, to, inputs }) => `  ${from} --> ${to}: ${inputs.join(', ')}`),
  ];
}
