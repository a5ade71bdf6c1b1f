import type { EventRow } from './events.ts';
import type { PeersReport } from './measure-peers.ts';
import type { Ratio, Row, Verdicts } from './scans.ts';
import { PEER_NAMES } from './tools.ts';

export const BEGIN = '<!-- Written by `npm run bench:peers` from test/bench/peers/measured.json. -->';
export const END = '<!-- The end of what is written. -->';

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function setting({ at, machine, versions, made, rounds }: PeersReport): string {
  const named = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  const { clusters, nodegroups, fargateProfiles, repositories, images, roles } = made;
  return [
    `Measured on ${at} with ${named.join(', ')} and Node ${machine.node};`,
    `${machine.cores} cores (${machine.cpu}), ${machine.memoryGB} GB, a load of ${machine.load} when it began; rounds: ${rounds}.`,
    `The account: ${clusters} clusters, ${nodegroups} node groups, ${fargateProfiles} Fargate profiles, ${repositories} repositories with ${images} images, ${roles} roles.`,
  ].join('\n');
}

const rowOf = ({ run, delayMs, seconds, cpuSeconds, memoryMB, togetherMB, calls, atOnce }: Row) => [
  ...[run, delayMs, seconds, cpuSeconds, memoryMB, togetherMB, calls, atOnce],
];

const ratioOf = ({ peer, what, delayMs, timesFaster, callsShare, memoryShare }: Ratio) => [
  ...[PEER_NAMES[peer], what === 'shared' ? 'the checks that both have' : 'everything', delayMs],
  ...[timesFaster, callsShare, memoryShare],
];

function scans({ rows = [], ratios = [] }: PeersReport): string[] {
  if (rows.length === 0) return [];
  const head = ['run', 'ms a call', 'wall s', 'CPU s', 'memory MB', 'all processes MB', 'calls', 'at once'];
  return [
    '### A scan',
    table(head, rows.map(rowOf)),
    'Side by side, medians of the ratios of each round:',
    table(
      ['against', 'what', 'ms a call', 'times faster', 'calls, share of theirs', 'memory, share of theirs'],
      ratios.map(ratioOf),
    ),
  ];
}

function verdicts({ verdicts: all = [] }: PeersReport): string[] {
  if (all.length === 0) return [];
  const sum = ({ differences }: Verdicts, field: 'seeded' | 'missed' | 'wrong') =>
    differences.reduce((total, each) => total + each[field], 0);
  const rows = all.map((each) => [
    ...[each.run, each.differences.length, sum(each, 'seeded')],
    ...[sum(each, 'missed'), sum(each, 'wrong')],
  ]);
  return [
    'What each said of what was seeded to fail:',
    table(['run', 'controls', 'seeded to fail', 'missed', 'wrongly failed'], rows),
  ];
}

function slope({ slope: figures }: PeersReport): string[] {
  if (figures === undefined) return [];
  const { clusters, delayMs, added } = figures;
  return [
    '### A larger account',
    `What ${clusters[1]} clusters take more than ${clusters[0]}, at ${delayMs} ms a call:`,
    table(
      ['run', 'wall s', 'calls', 'memory MB'],
      added.map(({ run, seconds, calls, memoryMB }) => [run, seconds, calls, memoryMB]),
    ),
  ];
}

function pace({ pace: figures }: PeersReport): string[] {
  if (figures === undefined) return [];
  const { perSecond, burst, service, calls, leastSeconds, seconds, unpacedSeconds } = figures;
  return [
    '### With its pace',
    [
      `As it is shipped, a scan asks each service ${perSecond} times a second, ${burst} at once. ${calls} calls of \`${service}\` then take`,
      `${leastSeconds} s at least; the scan of what Custodian checks too took ${seconds} s, and ${unpacedSeconds} s with \`--no-pace\`.`,
    ].join('\n'),
  ];
}

const eventRow = ({ delayMs, ownDelayMs, located, evaluated, sum, one, ...times }: EventRow) => [
  ...[delayMs, ownDelayMs, ms(located.seconds), located.calls, ms(evaluated.seconds), evaluated.calls],
  ...[sum ? ms(sum.seconds) : '', sum?.calls ?? '', one ? ms(one.seconds) : '', one?.calls ?? ''],
  ...[times.timesFasterThanSum ?? '', times.timesFasterThanOne ?? ''],
];
const ms = (seconds: number) => Number((seconds * 1000).toPrecision(3));

function events({ events: figures }: PeersReport): string[] {
  if (figures === undefined) return [];
  const ours = ['ms a call', 'ms to our table and queue', 'located, ms', 'calls', 'evaluated, ms', 'calls'];
  const theirs = [`${figures.policies} policies, ms`, 'calls', 'fastest policy, ms', 'calls'];
  return [
    '### One event',
    `One \`UpdateClusterConfig\`, warm, medians of ${figures.warmEvents} events in each round:`,
    table([...ours, ...theirs, 'sum over ours', 'fastest over ours'], figures.rows.map(eventRow)),
  ];
}

/** The part of docs/performance.md that figures stand in. */
export function figuresOf(report: PeersReport): string {
  const parts = [scans, verdicts, slope, pace, events].flatMap((part) => part(report));
  return `${[BEGIN, setting(report), ...parts, END].join('\n\n')}\n`;
}

/** The page with its figures replaced. */
export function withFigures(page: string, report: PeersReport): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin) throw new RangeError('docs/performance.md has no place for the figures.');
  return page.slice(0, begin) + figuresOf(report) + page.slice(end + END.length + 1);
}
