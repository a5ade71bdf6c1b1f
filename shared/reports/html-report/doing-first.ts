import { SEVERITIES } from '../../controls/define-control.ts';
import { type Html, html } from '../html.ts';
import type { Report, ReportedControl } from '../report.ts';
import { anchorOf } from './finding-row.ts';
import { type FirstThing, firstThings, MOST_CLUSTERS, OPENS_TO_THE_WORLD, WEIGHTS } from './first-things.ts';
import { calledOf, clipped, grouping, some } from './words.ts';

/** The few things worth doing first, each with its sum, and how it is worked out. */
export function doingFirst(report: Report): Html {
  const things = firstThings(report);
  const controls = new Map(report.controls.map((control) => [control.id, control]));
  return html`<section id="first" aria-labelledby="first-title">
<h2 id="first-title">Worth doing first</h2>
${things.length === 0 ? html`<p class="soft">Nothing fails that weighs anything.</p>` : html`<ol class="first">${things.map((thing) => item(thing, controls))}</ol>`}
${formula(report)}
</section>
`;
}

function item(thing: FirstThing, controls: ReadonlyMap<string, ReportedControl>): Html {
  const { resource, several, findings } = thing;
  const worst = SEVERITIES.find((severity) => thing.failing[severity] > 0) ?? 'info';
  const ids = [...new Set(findings.map(({ control }) => control))];
  return html`<li><p class="thing"><span class="severity ${worst}">${worst}</span> ${several ? 'Images of ' : ''}${clipped(calledOf(resource), 160)} <span class="soft">${resource.account} · ${resource.region}</span></p>
<ul>${ids.map((id) => {
    const first = findings.find(({ control }) => control === id);
    const known = controls.get(id);
    return html`<li><a href="#${first === undefined ? 'findings' : anchorOf(first.id)}">${known?.title ?? id}</a>. ${known?.howToFix}</li>`;
  })}</ul>
<p class="sum soft small">${sumText(thing)}</p></li>
`;
}

/** `2 critical × 27 + 1 high × 9 = 63; open to the world × 2; 3 clusters × 3: 378`. */
function sumText({ failing, findings, weight, open, clusters, score }: FirstThing): string {
  const parts = SEVERITIES.filter((severity) => failing[severity] > 0).map(
    (severity) => `${grouping(failing[severity])} ${severity} × ${WEIGHTS[severity]}`,
  );
  const exposure = `exposure ${open} × ${clusters}${open === 2 ? ' (open to the world' : ' (not open to the world'}, ${clusters === MOST_CLUSTERS ? `${MOST_CLUSTERS} clusters or more` : some(clusters, 'cluster', 'clusters')})`;
  return `One change closes ${some(findings.length, 'finding')}: ${parts.join(' + ')} = ${grouping(weight)}; ${exposure}; score ${grouping(score)}.`;
}

function formula({ controls }: Report): Html {
  const opening = controls.filter(({ id }) => OPENS_TO_THE_WORLD.has(id)).map(({ title }) => title);
  const weights = SEVERITIES.map((severity) => `${severity} ${WEIGHTS[severity]}`).join(', ');
  return html`<details class="formula"><summary>How this is worked out</summary><div class="body">
<p><strong>score = severity × exposure × findings that one change closes</strong></p>
<ul>
<li>Severity and findings: the weights of all failing findings that the change closes, added up (${weights}).</li>
<li>Exposure: the clusters that it concerns (at least 1, at most ${MOST_CLUSTERS}), twice that where the resource, or one of its clusters, is open to the world: it fails ${opening.length === 0 ? 'a control for that, and no such control was asked' : opening.map((title) => `“${title}”`).join(' or ')}.</li>
<li>One change: what the same calls put right on one resource, or where no calls are known, one control on one resource. The images of one repository count as one resource.</li>
<li>What is waived, unknown or being fixed already is left out.</li>
</ul></div></details>`;
}
