import type { Cause } from '../changes/change.ts';
import { SEVERITIES } from '../controls/define-control.ts';
import { byWorst } from './by-worst.ts';
import type { Report, Reported } from './report.ts';

/** What stands in both, otherwise than before. */
export interface Changed {
  before: Reported;
  /** Its `cause` says who changed it, where the later report knows. */
  after: Reported;
}

/** What is no more; who took it away, where a history tells. */
export interface Gone extends Reported {
  goneBy?: Cause;
}

/** What became of every verdict between two reports, each list the worst first. */
export interface Differences {
  /** It failed less, or was known, before. */
  worse: readonly Changed[];
  better: readonly Changed[];
  /** Fails or is unknown, and was not there before. */
  new: readonly Reported[];
  /** Was there before, and the later report would have it. */
  gone: readonly Gone[];
  /** Was there before, and the later report did not look: nothing is known of it. */
  unseen: readonly Reported[];
  /** In both as it was, and new in order. */
  same: number;
}

/** Compares by the findings' ids, which are the same in every report. Pure. */
export function differences(before: Report, after: Report): Differences {
  const [was, is] = [byId(before), byId(after)];
  const pairs = [...is.values()].flatMap((later): Changed[] => {
    const earlier = was.get(later.id);
    return earlier === undefined ? [] : [{ before: earlier, after: later }];
  });
  const moved = (by: (step: number) => boolean) =>
    pairs.filter((pair) => by(badness(pair.after) - badness(pair.before))).sort((a, b) => byWorst(a.after, b.after));
  const added = [...is.values()].filter(({ id }) => !was.has(id));
  const lost = [...was.values()].filter(({ id }) => !is.has(id)).sort(byWorst);
  const looked = lookedAtBy(after);
  const [worse, better] = [moved((step) => step > 0), moved((step) => step < 0)];
  return {
    worse,
    better,
    new: added.filter(({ verdict }) => verdict === 'fail' || verdict === 'unknown').sort(byWorst),
    gone: lost.filter(looked),
    unseen: lost.filter((each) => !looked(each)),
    same: is.size - worse.length - better.length - added.length,
  };
}

function byId({ verdicts }: Report): Map<string, Reported> {
  return new Map(verdicts.map((each) => [each.id, each]));
}

/** What fails is worse the more severe it is; what is unknown is worse than what is accepted or in order. */
function badness({ verdict, severity }: Reported): number {
  if (verdict === 'fail') return 2 + SEVERITIES.length - SEVERITIES.indexOf(severity);
  return { unknown: 2, waived: 1, pass: 0, 'not-applicable': 0 }[verdict];
}

/** Whether a report would have a verdict if there were one: it has the control, and read the whole place. */
function lookedAtBy({ scopes, controls, partial }: Report): (reported: Reported) => boolean {
  const whole = new Set(scopes.flatMap(({ account, region, complete }) => (complete ? [`${account} ${region}`] : [])));
  const judged = new Set(controls.map(({ id }) => id));
  return ({ control, resource: { account, region } }) =>
    partial === undefined && judged.has(control) && whole.has(`${account} ${region}`);
}
