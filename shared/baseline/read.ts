import type { AnyControl } from '../controls/define-control.ts';
import type { AnyKind } from '../resources/kind.ts';
import type { Problem } from '../runtime/errors.ts';
import { contradictions } from './checks.ts';
import { type BaselineFile, baselineSchema } from './schema.ts';
import type { Complaint } from './sentences.ts';
import { complaintsBy, readYaml, type WrittenAt } from './yaml-file.ts';

/** What a baseline is checked against. */
export interface Known {
  catalogue: readonly AnyControl[];
  kinds: readonly AnyKind[];
  /** The groups of the catalogue, for routes. */
  groups: readonly string[];
  /** Now (ms): a waiver may last a year from today. */
  now: number;
}

export type ReadBaseline = { data: BaselineFile } | { problems: Problem[] };

/** Reads `baseline.yml` and finds everything that is wrong with it at once, in the order of the file. */
export function readBaseline(text: string, known: Known): ReadBaseline {
  const read = readYaml(text, (value, at) => complaintsAbout(value, at, known));
  return 'problems' in read ? read : { data: read.value as BaselineFile };
}

function complaintsAbout(value: unknown, writtenAt: WrittenAt, { catalogue, kinds, groups, now }: Known): Complaint[] {
  if (value === null || value === undefined) {
    return [{ path: [], at: 'value', problem: 'The file is empty: write at least catalogue and controls.' }];
  }
  const controls = new Map(catalogue.map((control) => [control.id, control]));
  return complaintsBy(baselineSchema(catalogue, groups), value, writtenAt, () =>
    contradictions({ data: value, controls, kinds, now }),
  );
}
