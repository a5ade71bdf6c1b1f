import packaged from '../../../package.json' with { type: 'json' };
import type { Baseline } from '../../baseline/baseline.ts';
import type { ResourceState } from '../../findings/finding.ts';
import { byWorst } from '../../reports/by-worst.ts';
import { reportedControl, reportedIn } from '../../reports/of-state.ts';
import type { Report } from '../../reports/report.ts';
import { isSelected, type Selection } from './selection.ts';

type Source = Pick<Report, 'at' | 'source' | 'scopes'> & Partial<Pick<Report, 'partial' | 'calls'>>;

/** The items of resources as a report: in the order of `byWorst`, of what was selected only. */
export function toReport(
  states: readonly ResourceState[],
  baseline: Pick<Baseline, 'controls'>,
  selection: Selection,
  source: Source,
): Report {
  const ids = new Set(baseline.controls.map(({ id }) => id));
  const verdicts = states
    .flatMap((state) => reportedIn(state, source.source === 'table'))
    .filter((each) => ids.has(each.control) && isSelected(each, selection))
    .filter(({ resource }) => selection.kinds?.includes(resource.kind) ?? true);
  return {
    version: packaged.version,
    ...source,
    controls: baseline.controls.map(reportedControl),
    verdicts: verdicts.sort(byWorst),
  };
}
