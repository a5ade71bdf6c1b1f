import { createHash } from 'node:crypto';
import { Html, html } from '../html.ts';
import type { Reported } from '../report.ts';
import { calledOf, clipped, listed, minuteOf, VERDICT_WORDS, whoOf } from './words.ts';

/** Where on the page a finding stands: the same in every report that has it, and nothing but letters and digits of ours. */
export function anchorOf(id: string): string {
  return `f-${createHash('sha256').update(id).digest('hex').slice(0, 12)}`;
}

/** One finding, folded: how bad, what, where; unfolded: the evidence, who, since when and the exact call. */
export function findingRow(finding: Reported): Html {
  const { id, severity, verdict, resource, clusters } = finding;
  const others = clusters.filter((cluster) => resource.kind !== 'cluster' || cluster !== resource.id);
  return html`<details class="f ${severity} ${verdict}" id="${anchorOf(id)}"><summary><b>${severity}</b> <span>${whatOf(finding)}</span> <em>${wordOf(finding)}</em> <small>${clipped(calledOf(resource), 200)} · <i>${resource.account}</i> · <i>${resource.region}</i>${clusterNames(others)}</small></summary><dl>${rowsOf(finding)}</dl><a href="#${anchorOf(id)}">Link to this</a></details>
`;
}

function clusterNames(clusters: readonly string[]): Html | undefined {
  if (clusters.length === 0) return undefined;
  const names = listed(clusters).map((name, index) => html`${index > 0 ? ', ' : ''}<i>${name}</i>`);
  return html` · cluster ${names}`;
}

function whatOf({ said, verdict, unread, control }: Reported): string {
  if (said.length > 0) return clipped(said.map(({ text }) => text).join(' '));
  if (verdict === 'unknown') return clipped(unread?.why ?? 'It could not be judged.');
  return control;
}

function wordOf({ verdict, state }: Reported): string {
  return state === 'fixing' ? 'being fixed' : VERDICT_WORDS[verdict];
}

/** Terms and descriptions end where the next begins: thousands of end tags would weigh. */
function rowsOf(finding: Reported): Html[] {
  const { shows, unread, waiver, plan = [], fix } = finding;
  return [
    ...row('Evidence', shows === undefined ? undefined : clipped(shows, 600)),
    ...row('Not judged because', unread === undefined ? undefined : clipped(unread.why)),
    ...row(
      'Permission missing',
      unread?.missing === undefined ? undefined : html`<code>${clipped(unread.missing)}</code>`,
    ),
    ...timeRows(finding),
    ...row('Accepted', waiver === undefined ? undefined : waiverText(waiver)),
    ...row(
      'Fix',
      fix === undefined ? undefined : clipped(`${fix.status}${fix.why === undefined ? '' : `: ${fix.why}`}`),
    ),
    ...row(
      'The exact call',
      plan.length === 0 ? undefined : html`<pre>${withQuotes(clipped(plan.join('\n'), 1000))}</pre>`,
    ),
  ];
}

/** Quotes need no escaping between tags, and the input of a call is full of them. */
function withQuotes(text: string): Html {
  return new Html(html`${text}`.text.replaceAll('&quot;', '"'));
}

function timeRows({ cause, resource, firstSeen, since }: Reported): Html[] {
  return [
    ...row(
      'Who and when',
      cause === undefined ? undefined : `${clipped(whoOf(cause, resource.account), 500)}, ${minuteOf(cause.time)}`,
    ),
    ...row('First seen', firstSeen === undefined ? undefined : minuteOf(firstSeen)),
    ...row('Like this since', since === undefined || since === firstSeen ? undefined : minuteOf(since)),
  ];
}

function row(label: string, value: string | Html | undefined): Html[] {
  return value === undefined ? [] : [html`<dt>${label}<dd>${value}`];
}

/** Who accepted it, why, and until when. */
export function waiverText({ reason, until, approvedBy, ticket }: NonNullable<Reported['waiver']>): string {
  const by = `until ${until} by ${approvedBy}${ticket === undefined ? '' : `, ticket ${ticket}`}`;
  return `${clipped(reason)} (${clipped(by, 200)})`;
}
