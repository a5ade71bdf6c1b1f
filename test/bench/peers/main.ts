import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ToolError } from '../../stack/tool-error.ts';
import { askedFor, USAGE } from './asked-for.ts';
import { CACHE } from './estate.ts';
import { measurePeers } from './measure-peers.ts';
import { withFigures } from './performance-page.ts';

/** What the documentation is written from. */
const MEASURED = join(import.meta.dirname, 'measured.json');
const PAGE = join(import.meta.dirname, '..', '..', '..', 'docs', 'performance.md');
const say = (line: string): void => void process.stdout.write(`${line}\n`);

try {
  const asked = askedFor(process.argv.slice(2));
  if (asked === undefined) say(USAGE);
  else {
    mkdirSync(CACHE, { recursive: true });
    const report = await measurePeers(asked, say);
    const file = asked.json ?? MEASURED;
    writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`);
    say(`Written: ${file}`);
    // The page tells of what is committed, so another file leaves it as it is.
    if (asked.json === undefined) writeFileSync(PAGE, withFigures(readFileSync(PAGE, 'utf8'), report));
  }
} catch (error) {
  if (!(error instanceof ToolError || error instanceof RangeError)) throw error;
  process.stderr.write(`bench:peers: ${error.message}\n`);
  process.exitCode = 2;
}
process.exit();
