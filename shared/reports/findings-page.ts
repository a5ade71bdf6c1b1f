import { SEVERITIES } from '../controls/define-control.ts';
import { documentHead } from './document-head.ts';
import { findingCard } from './finding-card.ts';
import { type Html, html } from './html.ts';
import type { FindingsPage, PageFinding, PostureRow } from './page.ts';
import { PAGE_STYLE } from './page-style.ts';
import { dayOf, stamp } from './times.ts';

/**
 * A page of findings and how each came about, as one document without scripts or requests. Pure: the same data is the
 * same page, byte by byte.
 */
export function findingsPage(page: FindingsPage): string {
  const { title, about, madeAt, figures, posture, findings } = page;
  const open = findings.filter(({ state }) => state !== 'closed').sort(worstFirst);
  const closed = findings.filter(({ state }) => state === 'closed').sort(worstFirst);
  return html`${documentHead(title, PAGE_STYLE)}
<body>
<header>
<h1>${title}</h1>
<p class="about">${about}</p>
<dl class="figures">${figures.map(({ label, value }) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>
</header>
<main>
${section('Not in order', open, 'Nothing: every control that was judged holds.')}
${section('Closed', closed, 'Nothing was closed yet.')}
${postureTable(posture)}
</main>
<footer>Made by eks-warden on ${dayOf(madeAt)}, ${stamp(madeAt)} UTC. All times are UTC.</footer>
</body>
</html>
`.text;
}

function section(title: string, findings: readonly PageFinding[], none: string): Html {
  if (findings.length === 0) return html`<h2>${title}</h2><p class="soft">${none}</p>`;
  return html`<h2>${title} (${findings.length})</h2>
${findings.map(findingCard)}`;
}

function postureTable(rows: readonly PostureRow[]): Html {
  return html`<h2>Posture</h2>
<div class="scroll" tabindex="0" role="region" aria-label="Posture by control"><table>
<caption>Resources by what each control last said of them. What does not apply counts as in order.</caption>
<thead><tr><th scope="col">Control</th><th scope="col">Severity</th><th scope="col" class="n">In order</th><th scope="col" class="n">Not in order</th><th scope="col" class="n">Unknown</th><th scope="col" class="n">Waived</th></tr></thead>
<tbody>${rows.map(postureRow)}</tbody>
</table></div>`;
}

function postureRow({ control, title, severity, passed, open, unknown, waived }: PostureRow): Html {
  const numbers = [passed, open, unknown, waived].map(
    (value) => html`<td class="n">${value === 0 ? html`<span class="zero">0</span>` : value}</td>`,
  );
  return html`<tr><th scope="row">${title}<br><code class="soft">${control}</code></th><td class="severity ${severity}">${severity}</td>${numbers}</tr>
`;
}

function worstFirst(a: PageFinding, b: PageFinding): number {
  return SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || (a.id < b.id ? -1 : 1);
}
