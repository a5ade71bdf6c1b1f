import { SEVERITIES, type Severity } from '../../controls/define-control.ts';
import { type Html, html } from '../html.ts';
import type { Report } from '../report.ts';
import { dayOf } from '../times.ts';
import { area, bar } from './bars.ts';
import {
  byCluster,
  byGroup,
  bySeverity,
  type ClusterRow,
  type Counted,
  failingBySeverity,
  judgeable,
  percentInOrder,
  totals,
} from './figures.ts';
import { partsOf, severityParts } from './overview.ts';
import { clipped, grouping, some } from './words.ts';

/** What an earlier report or sweep counted. */
export interface Past {
  /** When it ended (ms). */
  at: number;
  /** Failing findings by severity. */
  failing: Readonly<Partial<Record<Severity, number>>>;
}

const MOST_CLUSTERS_SHOWN = 12;

/** By severity, by group, by cluster, and over time where there is a past: each a picture and its numbers. */
export function pictures(report: Counted, history: readonly Past[]): Html {
  return html`<section id="posture" aria-labelledby="posture-title">
<h2 id="posture-title">Where it stands</h2>
<div class="pictures">
${severities(report)}
${groups(report)}
${clusters(report)}
${overTime(report, history)}
</div>
</section>
`;
}

function severities(report: Report): Html | undefined {
  const rows = bySeverity(report);
  if (rows.length === 0) return undefined;
  const most = Math.max(...rows.map(({ counts }) => counts.fail + counts.unknown + counts.waived));
  return picture(
    'By severity',
    ['Severity', '', 'Failing', 'Unknown', 'Waived'],
    rows.map(({ of, counts }) => [
      html`<span class="severity ${of}" data-find="severity=${of}">${of}</span>`,
      bar(
        [
          { tone: of, value: counts.fail },
          { tone: 'unknown', value: counts.unknown },
          { tone: 'waived', value: counts.waived },
        ],
        most,
      ),
      ...[counts.fail, counts.unknown, counts.waived].map(number),
    ]),
  );
}

function groups(report: Counted): Html {
  return picture(
    'By group of controls',
    ['Group', '', 'In order', 'Failing', 'Unknown', 'Waived'],
    byGroup(report).map(({ of, counts }) => [
      html`<span data-find="group=${encoded(of)}">${of}</span> <span class="soft share">${percentText(percentInOrder(counts))}</span>`,
      bar(partsOf(counts), judgeable(counts)),
      ...[counts.pass, counts.fail, counts.unknown, counts.waived].map(number),
    ]),
  );
}

function clusters(report: Report): Html | undefined {
  const rows = byCluster(report);
  const shown = rows.slice(0, MOST_CLUSTERS_SHOWN);
  if (shown.length === 0) return undefined;
  const most = Math.max(...shown.map(({ counts }) => counts.fail));
  const more = rows.length - shown.length;
  return picture(
    more > 0 ? `By cluster: the worst ${shown.length} of ${grouping(rows.length)}` : 'By cluster',
    ['Cluster', '', 'Failing', 'Unknown', 'Waived'],
    shown.map((row) => [
      clusterName(row),
      bar(severityParts(row.failing), most),
      ...[row.counts.fail, row.counts.unknown, row.counts.waived].map(number),
    ]),
    'What several clusters share, such as a role, counts for each of them.',
  );
}

function clusterName({ name, account }: ClusterRow): Html {
  const find = `account=${encoded(account)}&cluster=${encoded(name)}`;
  return html`<span data-find="${find}">${clipped(name, 120)}</span> <span class="soft share">${account}</span>`;
}

function overTime(report: Counted, history: readonly Past[]): Html | undefined {
  const points = [
    ...history.filter(({ at }) => at < report.at),
    { at: report.at, failing: failingBySeverity(report.verdicts) },
  ].sort((a, b) => a.at - b.at);
  const [first] = points;
  if (first === undefined || points.length < 2) return undefined;
  const heights = points.map(({ failing }) => SEVERITIES.reduce((sum, each) => sum + (failing[each] ?? 0), 0));
  const most = Math.max(...heights);
  const layers = SEVERITIES.map((tone) => ({ tone, values: points.map(({ failing }) => failing[tone] ?? 0) }));
  const now = totals(report).fail;
  return html`<figure class="picture time">
<figcaption>Failing over time</figcaption>
<p class="small">${some(heights[0] ?? 0, 'failing finding')} on ${dayOf(first.at)}, ${grouping(now)} on ${dayOf(report.at)}; at most ${grouping(most)}.</p>
${area(
  points.map(({ at }) => at),
  layers,
  most,
)}
<p class="axis soft small"><span>${dayOf(first.at)}</span><span>${dayOf(report.at)}</span></p>
<ul class="legend small">${SEVERITIES.filter((each) => points.some(({ failing }) => (failing[each] ?? 0) > 0)).map((each) => html`<li><svg class="key" viewBox="0 0 10 10" aria-hidden="true"><rect class="${each}" width="10" height="10"/></svg> ${each}</li>`)}</ul>
</figure>`;
}

function picture(title: string, heads: readonly string[], rows: readonly (readonly Html[])[], note?: string): Html {
  return html`<div class="picture"><table>
<caption>${title}</caption>
<thead><tr>${heads.map((head, index) => (head === '' ? html`<td></td>` : html`<th scope="col"${index > 0 ? html` class="n"` : undefined}>${head}</th>`))}</tr></thead>
<tbody>${rows.map(
    ([first, drawn, ...numbers]) => html`<tr><th scope="row">${first}</th><td class="drawn">${drawn}</td>${numbers}</tr>
`,
  )}</tbody>
</table>${note === undefined ? undefined : html`<p class="soft small">${note}</p>`}</div>`;
}

function number(value: number): Html {
  return html`<td class="n">${value === 0 ? html`<span class="zero">0</span>` : grouping(value)}</td>`;
}

/** For a filter in the address: no name in AWS is longer. */
function encoded(name: string): string {
  return encodeURIComponent(name.slice(0, 200).toWellFormed());
}

function percentText(percent: number | undefined): string {
  return percent === undefined ? '' : `${percent} %`;
}
