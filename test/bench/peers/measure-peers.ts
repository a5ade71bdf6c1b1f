import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { venvOf } from '../../stack/python.ts';
import type { AskedFor } from './asked-for.ts';
import { type PeersEstate, startEstate } from './estate.ts';
import { type EventFigures, measureEvents } from './events.ts';
import { measurePace, type PaceFigures } from './pace.ts';
import {
  type Comparison,
  comparisons,
  inRounds,
  type Ratio,
  type Row,
  ratioOf,
  rowOf,
  type Taking,
  type Verdicts,
  verdictsOf,
  warmUp,
} from './scans.ts';
import { measureSlope, type SlopeFigures } from './slope.ts';
import type { Run, Venvs } from './tools.ts';
import { versionsOf } from './versions.ts';

/** All that is written. */
export interface PeersReport {
  at: string;
  machine: { cpu: string; cores: number; memoryGB: number; load: number; node: string };
  versions: Readonly<Record<string, string>>;
  rounds: number;
  made: Readonly<Record<string, number>>;
  rows?: Row[];
  ratios?: Ratio[];
  verdicts?: Verdicts[];
  slope?: SlopeFigures;
  pace?: PaceFigures;
  events?: EventFigures;
}

export const DELAYS = [0, 30] as const;
const PINNED = `${import.meta.dirname}/requirements`;

/** Measures what was asked for, part after part. */
export async function measurePeers(asked: AskedFor, say: (line: string) => void): Promise<PeersReport> {
  const moto = venvOf('moto', say);
  const venv = (peer: 'prowler' | 'custodian') => (asked.peers.includes(peer) ? venvOf(peer, say, PINNED) : '');
  const venvs: Venvs = { moto, prowler: venv('prowler'), custodian: venv('custodian') };
  say(`Seeding ${asked.sizes.clusters} clusters and ${asked.sizes.repositories} repositories …`);
  const estate = await startEstate(moto, asked.sizes);
  try {
    const report: PeersReport = {
      at: new Date().toISOString().slice(0, 10),
      machine: machine(),
      versions: versionsOf(venvs),
      rounds: asked.rounds,
      made: estate.made,
    };
    const wants = (part: AskedFor['parts'][number]) => asked.parts.includes(part);
    let slowest: Taking = new Map();
    if (wants('scans')) {
      const scanned = await scans(estate, venvs, asked, say);
      Object.assign(report, scanned.figures);
      slowest = scanned.slowest;
    }
    if (wants('slope')) report.slope = await measureSlope(estate, venvs, asked, slowest, say);
    if (wants('pace')) report.pace = await measurePace(estate, venvs, say);
    if (wants('events')) report.events = await measureEvents(estate, venvs, asked, say);
    return report;
  } finally {
    await estate.stop();
  }
}

type ScanFigures = Required<Pick<PeersReport, 'rows' | 'ratios' | 'verdicts'>>;

/** Without a delay only all that there is: what is shared is read by the same code. The last runs are handed over too. */
async function scans(
  estate: PeersEstate,
  venvs: Venvs,
  { rounds, peers }: AskedFor,
  say: (line: string) => void,
): Promise<{ figures: ScanFigures; slowest: Taking }> {
  const all = comparisons(peers, venvs);
  const everything = all.filter(({ what }) => what === 'everything');
  say('Each tool runs once before anything is measured …');
  await warmUp(estate, venvs, runsOf(everything));
  const figures: ScanFigures = { rows: [], ratios: [], verdicts: [] };
  let slowest: Taking = new Map();
  for (const delay of DELAYS) {
    const compared = delay === 0 ? everything : all;
    slowest = await inRounds(estate, venvs, runsOf(compared), { rounds, delay, say });
    for (const [name, taken] of slowest) figures.rows.push(rowOf(name, delay, taken));
    for (const each of compared) figures.ratios.push(ratioOf(each, delay, slowest));
  }
  const shared = all.filter(({ what }) => what === 'shared');
  figures.verdicts = shared.flatMap((each) => verdictsOf(estate, each, slowest));
  return { figures, slowest };
}

const runsOf = (compared: readonly Comparison[]): Run[] => compared.flatMap(({ ours, theirs }) => [ours, theirs]);

function machine(): PeersReport['machine'] {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: availableParallelism(),
    memoryGB: Math.round(totalmem() / 1e9),
    load: Number((loadavg()[0] ?? 0).toFixed(1)),
    node: process.versions.node,
  };
}
