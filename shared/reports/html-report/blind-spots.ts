import { DAY } from '../../runtime/clock.ts';
import { type Html, html } from '../html.ts';
import type { Report, Reported } from '../report.ts';
import { compare } from './figures.ts';
import { anchorOf, waiverText } from './finding-row.ts';
import { calledOf, clipped, grouping, listed, some } from './words.ts';

/** What keeps this from being the whole truth: what could not be judged, why, and what would help. */
export function blindSpots(report: Report): Html {
  const unknown = report.verdicts.filter(({ verdict }) => verdict === 'unknown');
  const lacking = report.scopes.filter(({ complete }) => !complete);
  const nothing = unknown.length === 0 && lacking.length === 0;
  return html`<section id="unknown" aria-labelledby="unknown-title">
<h2 id="unknown-title">What could not be judged (${grouping(unknown.length)})</h2>
${nothing ? html`<p class="soft">Nothing: everything was read.</p>` : undefined}
${reasons(unknown)}
${unreadScopes(lacking)}
</section>
`;
}

function reasons(unknown: readonly Reported[]): Html | undefined {
  if (unknown.length === 0) return undefined;
  const byMissing = [...Map.groupBy(unknown, ({ unread }) => unread?.missing ?? '')].sort(
    ([a, some], [b, others]) => others.length - some.length || compare(a, b),
  );
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Why it is unknown"><table>
<caption>Why it is unknown. Grant a permission, and what it left unknown is judged.</caption>
<thead><tr><th scope="col">Permission missing</th><th scope="col">Why</th><th scope="col">Where</th><th scope="col" class="n">Left unknown</th></tr></thead>
<tbody>${byMissing.map(([missing, some]) => reasonRow(missing, some))}</tbody>
</table></div>`;
}

function reasonRow(missing: string, findings: readonly Reported[]): Html {
  const whys = [...new Set(findings.map(({ unread }) => unread?.why ?? 'not told'))];
  const places = [...new Set(findings.map(({ resource }) => `${resource.account} ${resource.region}`))].sort(compare);
  const permission =
    missing === '' ? html`<span class="soft">none is known to be</span>` : html`<code>${clipped(missing)}</code>`;
  return html`<tr><th scope="row">${permission}</th><td>${listed(whys, 3).join('; ')}</td><td>${listed(places, 4).join(', ')}</td><td class="n">${grouping(findings.length)}</td></tr>
`;
}

function unreadScopes(scopes: Report['scopes']): Html | undefined {
  if (scopes.length === 0) return undefined;
  const rows = scopes.flatMap(({ account, region, unread }) =>
    (unread.length === 0 ? [{ kind: 'not told', why: 'It was not read to its end.' }] : unread).map((each) => ({
      place: `${account} ${region}`,
      missing: undefined,
      ...each,
    })),
  );
  return html`<div class="scroll" tabindex="0" role="region" aria-label="What could not be listed"><table>
<caption>Not listed whole: what is there besides, nobody has seen.</caption>
<thead><tr><th scope="col">Account and region</th><th scope="col">Kind</th><th scope="col">Why</th><th scope="col">Permission missing</th></tr></thead>
<tbody>${rows.map(
    ({
      place,
      kind,
      why,
      missing,
    }) => html`<tr><th scope="row">${place}</th><td>${kind}</td><td>${clipped(why)}</td><td>${missing === undefined ? html`<span class="soft">none is known to be</span>` : html`<code>${clipped(missing)}</code>`}</td></tr>
`,
  )}</tbody>
</table></div>`;
}

const MOST_WAIVERS = 100;

/** What somebody has accepted, and when that ends: the next to end first. */
export function waivers({ verdicts, at }: Report): Html | undefined {
  const endOf = ({ waiver }: Reported) => waiver?.until ?? '';
  const waived = verdicts
    .filter(({ verdict }) => verdict === 'waived')
    .sort((a, b) => compare(endOf(a), endOf(b)) || compare(a.id, b.id));
  if (waived.length === 0) return undefined;
  const shown = waived.slice(0, MOST_WAIVERS);
  return html`<section id="waivers" aria-labelledby="waivers-title">
<h2 id="waivers-title">Accepted for a while (${grouping(waived.length)})</h2>
<div class="scroll" tabindex="0" role="region" aria-label="Waivers"><table>
<caption>They fail, and somebody has accepted that. The next to end first${waived.length > shown.length ? `; the first ${MOST_WAIVERS} of ${grouping(waived.length)}` : ''}.</caption>
<thead><tr><th scope="col">Ends</th><th scope="col">What</th><th scope="col">Accepted</th></tr></thead>
<tbody>${shown.map((finding) => waiverRow(finding, at))}</tbody>
</table></div>
</section>
`;
}

function waiverRow({ id, waiver, resource, control }: Reported, at: number): Html {
  const ends = waiver === undefined ? 'not told' : clipped(waiver.until, 40);
  return html`<tr><th scope="row">${ends}<br><span class="soft small">${waiver === undefined ? '' : endsIn(waiver.until, at)}</span></th><td><a href="#${anchorOf(id)}">${clipped(calledOf(resource), 200)}</a><br><code class="soft">${control}</code></td><td>${waiver === undefined ? 'by the baseline' : waiverText(waiver)}</td></tr>
`;
}

/** `until` is a day, and holds to its end. */
function endsIn(until: string, at: number): string {
  const end = Date.parse(until.length === 10 ? `${until}T23:59:59Z` : until);
  if (Number.isNaN(end)) return 'end not understood';
  const days = Math.floor((end - at) / DAY);
  if (days < 0) return 'ended';
  return days === 0 ? 'ends today' : `in ${some(days, 'day')}${days <= 30 ? ', soon' : ''}`;
}
