import { type Framework, frameworks } from '../frameworks/index.ts';
import { type Html, html } from '../html.ts';
import type { ReportedControl } from '../report.ts';
import { byControl, byRequirement, type Counted, type Counts, type RequirementRow } from './figures.ts';
import { grouping } from './words.ts';

/** Every requirement of the frameworks, with what came of the controls that answer to it, or why none does. */
export function frameworksView(report: Counted): Html {
  return html`<section id="frameworks" aria-labelledby="frameworks-title">
<h2 id="frameworks-title">Frameworks</h2>
<p class="soft small">That the controls of a requirement pass is evidence for it, not proof. What no control of this report answers to is not judged here.</p>
${frameworks().map((framework) => frameworkTable(framework, byRequirement(report, framework)))}
</section>
`;
}

function frameworkTable({ title, complete }: Framework, rows: readonly RequirementRow[]): Html {
  const failing = rows.filter(({ counts }) => counts.fail > 0).length;
  const judged = rows.filter(({ judgedBy }) => judgedBy.length > 0).length;
  const all = complete ? ` of ${rows.length}` : '';
  return html`<details class="framework"><summary>${title} <span class="soft">${judged} judged${all}, ${failing} failing${complete ? '' : '; not all of it is listed'}</span></summary>
${countsTable(
  title,
  'Requirement',
  rows.map((row) => ({
    name: requirementName(row),
    inPart: row.judgedBy.some(({ notJudged }) => notJudged !== undefined),
    counts: row.counts,
  })),
)}</details>
`;
}

function requirementName({ id, about, judgedBy, why }: RequirementRow): Html {
  const by =
    judgedBy.length > 0
      ? judgedBy.map(controlLink)
      : `Not judged${why === undefined ? ': its controls are not in this report.' : `: ${why}`}`;
  return html`${id} ${about}<br><span class="soft small">${by}</span>`;
}

/** Every control: what came of it, and what it leaves unjudged. */
export function controlsTable(report: Counted): Html {
  const rows = byControl(report).map(({ of, counts }) => ({
    name: html`<span id="k-${of.id}">${of.title}</span><br><code class="soft">${of.id}</code>${remarks(of)}`,
    inPart: of.notJudged !== undefined,
    counts,
  }));
  return html`<section id="controls" aria-labelledby="controls-title">
<h2 id="controls-title">Controls (${rows.length})</h2>
<p class="soft small">Where a control leaves something unjudged, its passes are passes in part, marked with an asterisk.</p>
${countsTable('Controls', 'Control', rows)}
</section>
`;
}

function remarks({ notJudged, references }: ReportedControl): Html {
  const shared = references.responsibility === 'shared' ? ['A responsibility that AWS and its customer share.'] : [];
  const lines = [...(notJudged === undefined ? [] : [`Not judged: ${notJudged}`]), ...shared];
  return html`${lines.map((line) => html`<br><span class="soft small">${line}</span>`)}`;
}

function controlLink({ id }: ReportedControl, index: number): Html {
  return html`${index > 0 ? ', ' : ''}<a href="#k-${id}">${id}</a>`;
}

function countsTable(
  label: string,
  head: string,
  rows: readonly { name: Html; inPart: boolean; counts: Counts }[],
): Html {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${label}"><table class="counts">
<thead><tr><th scope="col">${head}</th><th scope="col" class="n">In order</th><th scope="col" class="n">Failing</th><th scope="col" class="n">Unknown</th><th scope="col" class="n">Waived</th><th scope="col" class="n">Does not apply</th></tr></thead>
<tbody>${rows.map(
    ({
      name,
      inPart,
      counts,
    }) => html`<tr><th scope="row">${name}</th>${number(counts.pass, inPart)}${number(counts.fail)}${number(counts.unknown)}${number(counts.waived)}${number(counts['not-applicable'])}</tr>
`,
  )}</tbody>
</table></div>`;
}

function number(value: number, inPart = false): Html {
  if (value === 0) return html`<td class="n"><span class="zero">0</span></td>`;
  return html`<td class="n">${grouping(value)}${inPart ? html`<abbr title="in part">*</abbr>` : undefined}</td>`;
}
