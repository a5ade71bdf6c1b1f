import { expect, it } from 'vitest';
import { machineDrawing } from '../../shared/derive/machine-drawing.ts';
import { edgesOf, withMachine } from '../../shared/derive/machine-page.ts';
import { INPUTS, STATES } from '../../shared/findings/finding.ts';
import { transitions } from '../../shared/findings/machine.ts';

const MARKS = [
  '<!-- The machine, derived from shared/findings/machine.ts by `npm run derive`. -->',
  '<!-- The end of what is derived. -->',
];
const drawing = machineDrawing();

it('has every cell of the machine in just one edge, but for what is dropped', () => {
  const cells = edgesOf().flatMap(({ from, to, inputs }) => inputs.map((input) => `${from} ${input} ${to}`));
  const kept = STATES.flatMap((from) =>
    INPUTS.filter((input) => transitions[from][input] !== null).map(
      (input) => `${from} ${input} ${transitions[from][input]}`,
    ),
  );
  expect(cells.sort()).toEqual(kept.sort());
});

it('draws every state and every way between two, each with what it takes', () => {
  const names = [...drawing.matchAll(/<text class="name"[^>]*>([^<]+)</g)].map(([, name]) => name);
  const labels = [...drawing.matchAll(/<text class="label"[^>]*>([^<]+)</g)].map(([, label]) => label);
  const moves = edgesOf().filter(({ from, to }) => from !== to);
  expect(names).toEqual([...STATES]);
  expect(labels).toEqual(moves.map(({ inputs }) => inputs.join(', ')));
  expect(drawing.match(/<path class="way"/g)).toHaveLength(moves.length);
});

it('draws within its frame, without anything from elsewhere', () => {
  const ways = [...drawing.matchAll(/ d="M([\d.-]+) ([\d.-]+) Q([\d.-]+) ([\d.-]+) ([\d.-]+) ([\d.-]+)"/g)].map((way) =>
    way.slice(1).map(Number),
  );
  const across = ways.flatMap(([x1 = -1, , x2 = -1, , x3 = -1]) => [x1, x2, x3]);
  const down = ways.flatMap(([, y1 = -1, , y2 = -1, , y3 = -1]) => [y1, y2, y3]);
  expect([Math.min(...across) > 0, Math.max(...across) < 960]).toEqual([true, true]);
  expect([Math.min(...down) > 0, Math.max(...down) < 560]).toEqual([true, true]);
  expect(drawing.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|<image|<script|@import/);
});

it('puts the machine between the marks of a page, again and again, and leaves the rest', () => {
  const once = withMachine(`# Page\n\n${MARKS.join('\nold\n')}\n\nThe rest.\n`);
  expect(withMachine(once)).toBe(once);
  expect(once.startsWith(`# Page\n\n${MARKS[0]}\n\n\`\`\`mermaid\nstateDiagram-v2\n  [*] --> closed\n`)).toBe(true);
  expect(once.endsWith(`\n\n${MARKS[1]}\n\nThe rest.\n`)).toBe(true);
  expect(once).toContain('| **fixing** | fixing | fixing | closed | fixing  | closed | –           | open       |');
});

it('says so when a page has lost its marks', () => {
  expect(() => withMachine('# Page\n')).toThrow('docs/findings.md has lost the marks of the machine.');
});
