import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createColors } from 'picocolors';
import { argumentsOf } from './arguments.ts';
import { demo } from './demo.ts';
import { terminalSvg } from './print/terminal-svg.ts';

/** Draws docs/demo.svg from what the demo really prints: the first three scenes, and its sums. */
const SCENES = 3;
const lines: string[] = [];
await demo(argumentsOf([]), {
  out: (text) => lines.push(...text.split('\n')),
  err: () => undefined,
  colour: createColors(true),
  width: 100,
});
const blank = lines.flatMap((line, index) => (line === '' ? [index] : []));
const shown = [...lines.slice(0, blank[SCENES]), '', '   …', ...lines.slice(blank.at(-1))];
writeFileSync(join(import.meta.dirname, '..', '..', 'docs', 'demo.svg'), terminalSvg(['$ npm run demo', '', ...shown]));
