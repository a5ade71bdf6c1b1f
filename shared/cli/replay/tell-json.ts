import type { Output } from '../output.ts';
import { safeJson } from '../terminal.ts';
import type { Teller } from './replayed.ts';

/** One document. Rechecks are written as they come, so that a gigabyte of logs takes no gigabyte of memory. */
export function jsonTeller(output: Output): Teller {
  const sightings: string[] = [];
  const errors: string[] = [];
  let isFirst = true;
  const open = () => {
    if (isFirst) output.out('{"rechecks": [');
  };
  return {
    recheck(line) {
      open();
      output.out(`${isFirst ? '' : ','}${safeJson(line)}`);
      isFirst = false;
    },
    sighting: (line) => void sightings.push(safeJson(line)),
    error: (line) => void errors.push(safeJson(line)),
    end({ events, ignored }, { verdicts, findings, notices }) {
      open();
      output.out(']');
      const parts = { verdicts: verdicts.map(inLine), findings: findings.map(inLine), notices: notices.map(inLine) };
      for (const [key, lines] of Object.entries({ sightings, ...parts, errors }))
        output.out(`,"${key}": ${listed(lines)}`);
      const counted = Object.entries(ignored).sort(([a], [b]) => (a < b ? -1 : 1));
      output.out(`,"ignored": ${safeJson(Object.fromEntries(counted))}\n,"events": ${events}}`);
    },
  };
}

const inLine = (value: unknown) => safeJson(value);

function listed(lines: readonly string[]): string {
  return lines.length === 0 ? '[]' : `[\n${lines.join('\n,')}\n]`;
}
