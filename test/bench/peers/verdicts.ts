import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { PAIRS } from './pairs.ts';

/** What fails, by our control's id; names of clusters, `cluster/nodegroup`, repositories. */
export type Failing = Readonly<Record<string, readonly string[]>>;

interface Verdict {
  control: string;
  verdict: string;
  resource: { id: string };
}

/** Of our own report in JSON. What could not be judged is named as such, so that it agrees with nothing. */
export function ourFailing(text: string): Failing {
  const { verdicts } = JSON.parse(text) as { verdicts: readonly Verdict[] };
  return byControl(
    verdicts
      .filter(({ verdict }) => verdict === 'fail' || verdict === 'unknown')
      .map(({ control, verdict, resource: { id } }) => [control, verdict === 'fail' ? id : `${id} unknown`]),
  );
}

/** Of Prowler's CSV file. */
export function prowlerFailing(text: string): Failing {
  const rows: Record<string, string>[] = parse(text, { columns: true, delimiter: ';' });
  return byControl(
    rows.flatMap(({ CHECK_ID, STATUS, RESOURCE_NAME = '' }) => {
      const pair = PAIRS.find(({ prowler }) => prowler !== undefined && prowler === CHECK_ID);
      return pair && STATUS === 'FAIL' ? [[pair.control, RESOURCE_NAME] as const] : [];
    }),
  );
}

function byControl(all: readonly (readonly [control: string, name: string])[]): Failing {
  const failing = new Map<string, string[]>();
  for (const [control, name] of all) failing.set(control, [...(failing.get(control) ?? []), name]);
  return Object.fromEntries(failing);
}

interface Matched {
  name?: string;
  clusterName?: string;
  nodegroupName?: string;
  repositoryName?: string;
}

/** Of the folder that Custodian writes, with a folder for each policy. */
export function custodianFailing(folder: string): Failing {
  return Object.fromEntries(
    PAIRS.flatMap(({ control }) => {
      const file = join(folder, control, 'resources.json');
      if (!existsSync(file)) return [];
      const matched: readonly Matched[] = JSON.parse(readFileSync(file, 'utf8'));
      return [[control, matched.map(nameOf)]];
    }),
  );
}

function nameOf({ name, clusterName, nodegroupName, repositoryName }: Matched): string {
  if (nodegroupName !== undefined) return `${clusterName}/${nodegroupName}`;
  return repositoryName ?? name ?? 'unnamed';
}

/** How far one tool's verdict is from what was seeded. */
export interface Difference {
  control: string;
  seeded: number;
  /** Seeded to fail, and not said to. */
  missed: number;
  /** Said to fail, and seeded to pass. */
  wrong: number;
}

/** Each control with what a tool made of it; agreeing ones are told too, as nothing missed and nothing wrong. */
export function compared(seeded: Failing, said: Failing, controls: readonly string[]): Difference[] {
  return controls.map((control) => {
    const [should, does] = [new Set(seeded[control]), new Set(said[control])];
    return {
      control,
      seeded: should.size,
      missed: [...should].filter((name) => !does.has(name)).length,
      wrong: [...does].filter((name) => !should.has(name)).length,
    };
  });
}
