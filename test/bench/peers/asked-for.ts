import { parseArgs } from 'node:util';
import type { Sizes } from './estate.ts';
import type { Peer } from './pairs.ts';

export const PARTS = ['scans', 'slope', 'pace', 'events'] as const;
export type PartName = (typeof PARTS)[number];

/** What a run was asked to measure. */
export interface AskedFor {
  parts: readonly PartName[];
  peers: readonly Peer[];
  rounds: number;
  sizes: Sizes;
  /** The smaller account, for the slope between both. */
  small: Sizes;
  /** Another file than the one in the repository. */
  json?: string;
}

export const USAGE = `npm run bench:peers -- [--only ${PARTS.join(',')}] [--rounds 3] [--no-prowler] [--no-custodian]
    [--clusters 100] [--nodegroups 5] [--repositories 200] [--images 5] [--roles 1000] [--json FILE]
Measures eks-warden beside Prowler and Cloud Custodian on one seeded account, and writes test/bench/peers/measured.json.
Their Python environments are made in .cache/venvs, once: 2.5 GB, some minutes.`;

const size = (by: number) => ({ type: 'string', default: String(by) }) as const;
const OPTIONS = {
  only: { type: 'string', default: PARTS.join(',') },
  rounds: size(3),
  prowler: { type: 'boolean', default: true },
  custodian: { type: 'boolean', default: true },
  ...{ clusters: size(100), nodegroups: size(5), repositories: size(200), images: size(5), roles: size(1000) },
  json: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const;

/** Undefined where only help is wanted. Throws a `RangeError` in a sentence for what cannot be meant. */
export function askedFor(args: readonly string[]): AskedFor | undefined {
  const { values } = parsed(args);
  if (values.help) return undefined;
  const parts = values.only.split(',');
  const strange = parts.filter((part) => !PARTS.includes(part as PartName));
  if (strange.length > 0) throw new RangeError(`There is no part ${strange.join(', ')}: ask for ${PARTS.join(', ')}.`);
  const { clusters, nodegroups, repositories, images, roles } = values;
  const sizes: Sizes = {
    ...{ clusters: count('clusters', clusters), nodegroups: count('nodegroups', nodegroups) },
    ...{ repositories: count('repositories', repositories), images: count('images', images) },
    roles: Math.max(3, count('roles', roles)),
  };
  const tenth = (number: number) => Math.max(1, Math.round(number / 10));
  const { prowler, custodian, json } = values;
  return {
    ...{ parts: parts as PartName[], rounds: count('rounds', values.rounds), sizes },
    small: { ...sizes, clusters: tenth(sizes.clusters), repositories: tenth(sizes.repositories) },
    peers: [...(prowler ? (['prowler'] as const) : []), ...(custodian ? (['custodian'] as const) : [])],
    ...(json === undefined ? {} : { json }),
  };
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowNegative: true });
  } catch (error) {
    throw new RangeError(error instanceof Error ? error.message : 'The options could not be read.');
  }
}

function count(name: string, text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0 && number <= 10_000) return number;
  throw new RangeError(`--${name} ${JSON.stringify(text)} is no count: give a whole number from 1 to 10000.`);
}
