import type { Files } from '../aws/world.ts';
import type { Baseline } from '../baseline/baseline.ts';
import type { Digest, Standing } from '../notices/digest-schema.ts';
import { MOST_NAMED } from './bounds.ts';
import type { ClusterStanding } from './gather.ts';
import { leftAt } from './left-file.ts';
import type { Tally } from './tally.ts';

/** Controls and clusters that a digest lists; the report has them all. */
const MOST_CONTROLS = 30;

type Controls = Tally['controls'];
/** How clusters stand, by `account#region#cluster`; one that is in order is not there. */
export type Posture = Readonly<Record<string, ClusterStanding>>;

/** A control's standing in four words. `unknown` is never a pass. */
export function standingOf(counts: Controls[string] | undefined): Standing {
  const { passes = 0, open = 0, fixing = 0, unsure = 0, unread = 0, waived = 0 } = counts ?? {};
  return { pass: passes, fail: open + fixing, unknown: unsure + unread, waived };
}

export function totalsOf(controls: Controls): Standing {
  return Object.values(controls)
    .map(standingOf)
    .reduce(
      (sum, each) => ({
        pass: sum.pass + each.pass,
        fail: sum.fail + each.fail,
        unknown: sum.unknown + each.unknown,
        waived: sum.waived + each.waived,
      }),
      { pass: 0, fail: 0, unknown: 0, waived: 0 },
    );
}

/** Controls of which something is not in order, or was not, those that fail most first. */
export function controlsTold(
  now: Controls,
  before: Controls | undefined,
  { controls }: Pick<Baseline, 'controls'>,
): Pick<Digest, 'controls' | 'moreControls'> {
  const all = controls.map(({ id, title }) => {
    const standing = standingOf(now[id]);
    const change = before && { change: standing.fail - standingOf(before[id]).fail };
    return { control: id, title, ...standing, ...change };
  });
  const told = all.filter(({ fail, unknown, waived, change = 0 }) => fail + unknown + waived > 0 || change !== 0);
  told.sort(byFails);
  return { controls: told.slice(0, MOST_CONTROLS), moreControls: Math.max(0, told.length - MOST_CONTROLS) };
}

/** Clusters about which something is not in order, or was not at the last sweep. */
export function clustersTold(
  now: ReadonlyMap<string, ClusterStanding>,
  before: Posture | undefined,
): Pick<Digest, 'clusters' | 'moreClusters'> {
  const gone = Object.keys(before ?? {}).filter((key) => !now.has(key));
  const all = [...now.keys(), ...gone].map((key) => {
    const [account = '', region = '', ...name] = key.split('#');
    const standing = now.get(key) ?? { fail: 0, unknown: 0, waived: 0 };
    const change = before && { change: standing.fail - (before[key]?.fail ?? 0) };
    return { name: name.join('#'), account, region, ...standing, ...change };
  });
  all.sort(byFails);
  return { clusters: all.slice(0, MOST_NAMED), moreClusters: Math.max(0, all.length - MOST_NAMED) };
}

/** What the last sweep left; without it no change is told. */
export function postureAt(files: Files, key: string | undefined): Promise<Posture | undefined> {
  return leftAt(files, key, (text) => JSON.parse(text) as Posture);
}

function byFails(one: ClusterStanding, other: ClusterStanding): number {
  return other.fail - one.fail || other.unknown - one.unknown || other.waived - one.waived;
}
