import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { bench, type Measured, PARTS, type PartName } from './bench.ts';

const USAGE = `npm run bench -- [--quick] [--only ${PARTS.join(',')}] [--json FILE] [--measured]`;

const TITLES: Readonly<Record<PartName, string>> = {
  sizes: 'Size of each function',
  starts: 'Cold start',
  calls: 'Calls',
  pure: 'Pure parts',
  warm: 'Event to finding',
  replay: 'Replay',
  cost: 'Cost',
  page: 'The report in a browser',
  growth: 'Large accounts',
  estates: 'Many accounts',
};

function table(part: PartName, figures: readonly Measured[], how: string): string {
  const width = Math.max(...figures.map(({ what }) => what.length));
  const lines = figures.map((figure) => {
    const value = figure.value.toLocaleString('en-GB');
    return `  ${figure.what.padEnd(width)}  ${value.padStart(10)} ${figure.unit.padEnd(6)} ${verdict(figure)}`.trimEnd();
  });
  return `\n${TITLES[part]}\n${lines.join('\n')}\n  (${how})\n`;
}

function verdict({ target, met }: Measured): string {
  if (target === undefined) return '';
  const words = 'most' in target ? `at most ${target.most}` : `at least ${target.least.toLocaleString('en-GB')}`;
  return met ? words : `${words}: MISSED`;
}

function partsOf(text: string | undefined): readonly PartName[] {
  const named = text?.split(',') ?? PARTS;
  const wrong = named.filter((name) => !PARTS.includes(name as PartName));
  if (wrong.length > 0) throw new RangeError(`There is no part ${wrong.join(', ')}: ${USAGE}`);
  return named as PartName[];
}

const options = {
  json: { type: 'string' },
  /** What `npx eks-warden cost` computes from is written anew; with the part cost. */
  measured: { type: 'boolean', default: false },
  only: { type: 'string' },
  quick: { type: 'boolean', default: false },
} as const;
const { values } = parseArgs({ options });
const report = await bench(partsOf(values.only), values, (...part) => process.stdout.write(table(...part)));
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
