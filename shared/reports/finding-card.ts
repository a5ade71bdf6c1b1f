import type { State } from '../findings/finding.ts';
import { type Html, html } from './html.ts';
import type { Moment, PageFinding } from './page.ts';
import { isoOf, stamp } from './times.ts';

const STATES: Readonly<Record<State, string>> = {
  open: 'open',
  unsure: 'unknown',
  fixing: 'being fixed',
  waived: 'waived',
  closed: 'closed',
};

/** One finding, folded: what is wrong and where; unfolded: why it matters, what to do, and how it came about. */
export function findingCard(finding: PageFinding): Html {
  const { id, severity, state, proven, said, title, called, resource, account, region, clusters } = finding;
  const others = clusters.filter((cluster) => cluster !== resource);
  const place = [
    `${called} ${resource}`,
    ...(others.length > 0 ? [`cluster ${others.join(', ')}`] : []),
    account,
    region,
  ];
  return html`<details id="${id}">
<summary><span class="severity ${severity}">${severity}</span><span class="what">${state === 'closed' || said.length === 0 ? title : said.join(' ')}</span><span class="state ${state}">${proven ? 'fixed and proven' : STATES[state]}</span><span class="where">${place.join(' · ')}</span></summary>
<div class="body">${facts(finding)}
<h3>How it came about</h3>
<ol class="moments">${finding.moments.map(momentItem)}</ol>
</div>
</details>
`;
}

function facts({ control, title, state, said, why, howToFix, before, now, plan, notJudged }: PageFinding): Html {
  const rows: (Html | undefined)[] = [
    fact('Control', html`${title}<br><code>${control}</code>`),
    state === 'closed' && said.length > 0 ? fact('It said', html`${said.join(' ')}`) : undefined,
    before === undefined ? undefined : fact('Before', html`${before}`),
    now === undefined ? undefined : fact('Now', html`${now}`),
    fact('Why it matters', html`${why}`),
    state === 'closed' ? undefined : fact('How to fix', html`${howToFix}`),
    state === 'closed' || plan.length === 0 ? undefined : fact('The exact call', html`<pre>${plan.join('\n')}</pre>`),
    notJudged === undefined ? undefined : fact('Not judged', html`${notJudged}`),
  ];
  return html`<dl class="facts">${rows.filter((row) => row !== undefined)}</dl>`;
}

function fact(label: string, value: Html): Html {
  return html`<dt>${label}</dt><dd>${value}</dd>`;
}

function momentItem({ at, text, detail, tone }: Moment): Html {
  return html`<li class="${tone ?? 'plain'}"><time datetime="${isoOf(at)}">${stamp(at)}</time>${text}${detail === undefined ? undefined : html`<span class="detail">${detail}</span>`}</li>
`;
}
