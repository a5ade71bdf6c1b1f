import { SEVERITIES } from '../../controls/define-control.ts';
import { type Html, html } from '../html.ts';
import type { Report } from '../report.ts';
import { dayOf, stamp } from '../times.ts';
import { bar } from './bars.ts';
import { byCluster, type Counted, type Counts, judgeable, passedInPart, percentInOrder, totals } from './figures.ts';
import { clipped, grouping, some } from './words.ts';

const SOURCES: Readonly<Record<Report['source'], string>> = {
  scan: 'Read from AWS',
  snapshot: 'Read from a snapshot taken',
  table: 'From the findings of the hub',
};

/** The first lines: what was looked at, what came of it in one bar, and what keeps it from being the whole truth. */
export function overview(report: Counted, title: string): Html {
  const counts = totals(report);
  return html`<header>
<h1>${title}</h1>
<p class="about">${aboutOf(report)}</p>
${caveat(report)}
<div class="glance">${glance(report, counts)}</div>
</header>
`;
}

function aboutOf(report: Counted): string {
  const accounts = new Set(report.scopes.map(({ account }) => account));
  const regions = new Set(report.scopes.flatMap(({ region }) => (region === 'global' ? [] : [region])));
  const where = [
    some(accounts.size, 'account'),
    some(regions.size, 'region'),
    ...(report.passed === undefined ? [some(byCluster(report).length, 'cluster')] : []),
    some(report.controls.length, 'control'),
  ].join(', ');
  return `${where}. ${SOURCES[report.source]} on ${dayOf(report.at)} at ${stamp(report.at)} UTC by eks-warden ${report.version}.`;
}

/** Said before any figure, because each of them is too good without it. */
function caveat({ partial, scopes }: Report): Html | undefined {
  const lacking = scopes.filter(({ complete }) => !complete).length;
  if (partial === undefined && lacking === 0) return undefined;
  const said = [
    ...(partial === undefined ? [] : [`This report is not complete: ${clipped(partial)}`]),
    ...(lacking === 0
      ? []
      : [
          `${some(lacking, 'account and region', 'accounts and regions')} of ${scopes.length} could not be read whole.`,
        ]),
  ];
  return html`<p class="caveat" role="note">${said.join(' ')} What is missing here is not in order. <a href="#unknown">What could not be judged</a></p>`;
}

function glance(report: Counted, counts: Counts): Html {
  const percent = percentInOrder(counts);
  const all = judgeable(counts);
  const inPart = passedInPart(report);
  const partly = inPart === 0 ? '' : `, ${grouping(inPart)} of them judged in part`;
  if (percent === undefined) return html`<p>Nothing was judged: there is nothing here that a control applies to.</p>`;
  return html`<p class="percent"><strong>${percent} %</strong> in order: ${grouping(counts.pass)} of ${some(all, 'verdict')}${partly}</p>
${bar(partsOf(counts), all)}
<ul class="legend">${key('pass', counts.pass, 'in order')}${key('fail', counts.fail, 'failing')}${key('unknown', counts.unknown, 'unknown')}${key('waived', counts.waived, 'waived')}</ul>
<p class="soft small">A verdict is one control on one resource. ${some(counts['not-applicable'], 'verdict')} more, where the control does not apply, ${counts['not-applicable'] === 1 ? 'counts' : 'count'} neither way. Unknown is never in order.</p>`;
}

function key(verdict: 'pass' | 'fail' | 'unknown' | 'waived', count: number, word: string): Html {
  const label = html`<svg class="key" viewBox="0 0 10 10" aria-hidden="true"><rect class="${verdict}" width="10" height="10"/></svg> <b>${grouping(count)}</b> ${word}`;
  return verdict === 'pass' || count === 0
    ? html`<li>${label}</li>`
    : html`<li><span data-find="verdict=${verdict}">${label}</span></li>`;
}

/** The parts of a bar of verdicts, in the order of the legend. */
export function partsOf(counts: Counts) {
  return (['pass', 'fail', 'unknown', 'waived'] as const).map((tone) => ({ tone, value: counts[tone] }));
}

/** The parts of a bar of failures, the worst first. */
export function severityParts(failing: Readonly<Record<string, number>>) {
  return SEVERITIES.map((tone) => ({ tone, value: failing[tone] ?? 0 }));
}
