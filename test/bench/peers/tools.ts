import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { REGION } from '../../stack/place.ts';
import { CACHE } from './estate.ts';
import { type Peer, pairsOf, policies } from './pairs.ts';
import { custodianFailing, type Failing, ourFailing, prowlerFailing } from './verdicts.ts';

/** Where the Python tools are. */
export type Venvs = Readonly<Record<'moto' | Peer, string>>;

/** One command that is measured, and how its verdicts are read from what it wrote. */
export interface Run {
  /** `ours: all`: what the JSON names it by. */
  name: string;
  command: readonly string[];
  /** Exit codes that are no failure. */
  fine: readonly number[];
  /** Makes its folder empty again. */
  clear(): void;
  failing(output: string): Failing;
}

/** Of the kinds that the services eks and ecr have. */
export const KINDS = ['cluster', 'nodegroup', 'repository', 'image'] as const;
export const ALL = 'everything of EKS and ECR';
export const PEER_NAMES = { prowler: 'Prowler', custodian: 'Custodian' } as const;
export const sharedWith = (peer: Peer) => `what ${PEER_NAMES[peer]} checks too`;

function emptied(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
}

/** The command as a person runs it. `paced`: with the limits that it keeps by itself. */
export function ourRun(scope: string, narrowed: readonly string[], paced = false): Run {
  const asked = ['scan', '--region', REGION, ...narrowed, '--format', 'json', ...(paced ? [] : ['--no-pace'])];
  return {
    name: `eks-warden: ${scope}`,
    command: ['npx', 'eks-warden', ...asked],
    fine: [0, 1, 3],
    clear: () => {},
    failing: (output) => ourFailing(readFileSync(output, 'utf8')),
  };
}

export function ourShared(peer: Peer, paced = false): Run {
  const controls = pairsOf(peer).map(({ control }) => control);
  return ourRun(sharedWith(peer), ['--controls', controls.join(',')], paced);
}

export const ourAll = (): Run => ourRun(ALL, ['--kinds', KINDS.join(',')]);

export function prowlerRun(venvs: Venvs, scope: string, narrowed: readonly string[]): Run {
  const folder = join(CACHE, 'prowler');
  const where = ['--region', REGION, '-M', 'csv', '-o', folder, '-F', 'out'];
  return {
    name: `Prowler: ${scope}`,
    command: [
      join(venvs.prowler, 'bin', 'prowler'),
      'aws',
      '--no-banner',
      '--ignore-exit-code-3',
      ...where,
      ...narrowed,
    ],
    fine: [0],
    clear: () => emptied(folder),
    failing: () => prowlerFailing(readFileSync(join(folder, 'out.csv'), 'utf8')),
  };
}

export const prowlerAll = (venvs: Venvs): Run => prowlerRun(venvs, ALL, ['--services', 'eks', 'ecr']);

export function prowlerShared(venvs: Venvs): Run {
  const checks = pairsOf('prowler').flatMap(({ prowler }) => prowler ?? []);
  return prowlerRun(venvs, sharedWith('prowler'), ['--checks', ...checks]);
}

/** It has no checks of its own: everything is what our policies ask. */
export function custodianRun(venvs: Venvs): Run {
  const folder = join(CACHE, 'custodian');
  const file = join(folder, 'policies.json');
  const out = join(folder, 'out');
  const where = ['--region', REGION, '-s', out, '--cache', join(folder, 'cache')];
  return {
    name: `Custodian: ${sharedWith('custodian')}`,
    command: [join(venvs.custodian, 'bin', 'custodian'), 'run', ...where, file],
    fine: [0],
    clear: () => {
      emptied(folder);
      writeFileSync(file, JSON.stringify(policies()));
    },
    failing: () => custodianFailing(out),
  };
}
