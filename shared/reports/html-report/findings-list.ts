import { SEVERITIES } from '../../controls/define-control.ts';
import { type Html, html } from '../html.ts';
import type { Report, Reported, ReportedControl, ReportedVerdict } from '../report.ts';
import { findingsOf } from './figures.ts';
import { findingRow } from './finding-row.ts';
import { grouping, some, VERDICT_WORDS } from './words.ts';

/** With so few findings their controls stand open from the start. */
const FEW = 40;
/** With more the browser gets their markup as text, which its script makes nodes of. */
const MANY = 200;
const FILTERABLE: readonly ReportedVerdict[] = ['fail', 'unknown', 'waived'];
const SORTS = {
  control: 'by control',
  worst: 'worst first',
  resource: 'by resource',
  oldest: 'oldest first',
  newest: 'newest first',
} as const;

/** All findings, under their controls; the filter appears only where the page's script runs. */
export function findingsList(report: Report): Html {
  const findings = findingsOf(report);
  const controls = new Map(report.controls.map((control) => [control.id, control]));
  const byControl = [...Map.groupBy(findings, ({ control }) => control)].sort(
    ([, a], [, b]) => worstOf(a) - worstOf(b),
  );
  return html`<section id="findings" aria-labelledby="findings-title">
<h2 id="findings-title">Findings (${grouping(findings.length)})</h2>
${findings.length === 0 ? html`<p class="soft">None: everything that was judged is in order.</p>` : undefined}
${report.source === 'table' ? undefined : html`<p class="soft small">AWS tells what is, not who changed it and when: that stands in the hub’s table (<code>eks-warden report</code> without a snapshot).</p>`}
${findings.length === 0 ? undefined : filterForm(findings)}
<p id="shown" role="status" class="small soft"></p>
<div id="groups">${byControl.map(([id, some]) => group(id, controls.get(id), some, findings.length))}</div>
<div id="flat"></div>
</section>
`;
}

function group(id: string, control: ReportedControl | undefined, findings: readonly Reported[], all: number): Html {
  const severity = SEVERITIES[worstOf(findings) % SEVERITIES.length] ?? 'info';
  return html`<details class="g" id="c-${id}" data-group="${control?.group ?? 'other'}"${all <= FEW ? html` open` : undefined}><summary><b class="severity ${severity}">${severity}</b> <span class="what">${control?.title ?? id}</span> <span class="count">${some(findings.length, 'finding')}</span></summary>
<dl class="about">${about(id, control)}</dl>
${all > MANY ? html`<noscript>${findings.map(findingRow)}</noscript>` : findings.map(findingRow)}</details>
`;
}

function about(id: string, control: ReportedControl | undefined): Html {
  if (control === undefined) return html`<dt>Control</dt><dd><code>${id}</code></dd>`;
  const { title, why, howToFix, notJudged, references } = control;
  return html`<dt>Expected</dt><dd>${title}</dd><dt>Why it matters</dt><dd>${why}</dd><dt>How to fix</dt><dd>${howToFix}</dd><dt>All of one</dt><dd><code>npx eks-warden explain ${id} NAME</code></dd><dt>Control</dt><dd><code>${id}</code>${references.responsibility === 'shared' ? ' · a responsibility that AWS and its customer share' : ''}</dd>${notJudged === undefined ? undefined : html`<dt>Not judged</dt><dd>${notJudged}</dd>`}`;
}

/** By the worst that fails; controls that only fail to be judged, or are accepted, come after all others. */
function worstOf(findings: readonly Reported[]): number {
  const failing = findings.filter(({ verdict }) => verdict === 'fail');
  const counting = failing.length > 0 ? failing : findings;
  const worst = Math.min(
    ...SEVERITIES.flatMap((each, rank) => (counting.some(({ severity }) => severity === each) ? [rank] : [])),
  );
  return failing.length > 0 ? worst : worst + SEVERITIES.length;
}

function filterForm(findings: readonly Reported[]): Html {
  const severities = SEVERITIES.filter((each) => findings.some(({ severity }) => severity === each));
  const verdicts = FILTERABLE.filter((each) => findings.some(({ verdict }) => verdict === each));
  return html`<form id="filter" role="search" aria-label="Findings" hidden>
<label class="wide">Search <input type="search" name="q" autocomplete="off" spellcheck="false"></label>
<fieldset><legend>Severity</legend>${severities.map((each) => box('severity', each, each))}</fieldset>
<fieldset><legend>Verdict</legend>${verdicts.map((each) => box('verdict', each, VERDICT_WORDS[each]))}</fieldset>
${['group', 'control', 'account', 'region', 'cluster'].map(choice)}
<label>Sort <select name="sort">${Object.entries(SORTS).map(([value, word]) => html`<option value="${value}">${word}</option>`)}</select></label>
<button type="reset">Clear</button>
</form>`;
}

function box(name: string, value: string, word: string): Html {
  return html`<label class="box"><input type="checkbox" name="${name}" value="${value}"> ${word}</label>`;
}

/** Its other options are made by the script, from what the page shows. */
function choice(name: string): Html {
  return html`<label>${name.charAt(0).toUpperCase()}${name.slice(1)} <select name="${name}"><option value="">any</option></select></label>
`;
}
