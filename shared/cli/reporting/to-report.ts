import packaged from '../../../package.json' with { type: 'json' };
import type { Baseline } from '../../baseline/baseline.ts';
import { findingId } from '../../findings/acks.ts';
import type { Finding, ResourceState } from '../../findings/finding.ts';
import { byWorst } from '../../reports/by-worst.ts';
import { reportedControl } from '../../reports/of-state.ts';
import type { Report, Reported, ReportedVerdict } from '../../reports/report.ts';
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

/** What is known of one resource; nothing where it is gone. `kept` adds what only a table that is kept can know. */
export function reportedIn(state: ResourceState, kept: boolean): Reported[] {
  const { kind, id, account, region, clusters, tags = {} } = state;
  if (state.gone !== undefined) return [];
  const resource = { kind, id, account, region };
  return Object.entries(state.findings).flatMap(([control, finding]) => {
    const verdict = verdictOf(finding);
    if (verdict === undefined) return [];
    return [
      {
        id: findingId(resource, control),
        ...{ control, verdict, severity: finding.severity, resource, clusters, tags },
        ...saidOf(finding, verdict),
        ...(kept ? historyOf(finding) : {}),
      },
    ];
  });
}

function verdictOf({ state, closedBecause }: Finding): ReportedVerdict | undefined {
  if (state === 'open' || state === 'fixing') return 'fail';
  if (state === 'unsure') return 'unknown';
  if (state === 'waived') return 'waived';
  if (closedBecause === 'not-applicable') return 'not-applicable';
  return closedBecause === 'passes' || closedBecause === 'quiet' ? 'pass' : undefined;
}

/** What a closed finding once said is over. */
function saidOf({ said, shows, unread, waiver, plan }: Finding, verdict: ReportedVerdict) {
  return {
    said: verdict === 'fail' || verdict === 'waived' ? said : [],
    ...(shows === undefined ? {} : { shows }),
    ...(unread ? { unread } : {}),
    ...(waiver ? { waiver } : {}),
    ...(plan ? { plan } : {}),
  };
}

function historyOf({ state, firstSeen, since, cause, fix }: Finding): Partial<Reported> {
  return {
    ...{ state, since },
    ...(firstSeen === undefined ? {} : { firstSeen }),
    ...(cause ? { cause } : {}),
    ...(fix ? { fix } : {}),
  };
}
