import { documentHead } from '../document-head.ts';
import { type Html, html, raw } from '../html.ts';
import type { Report } from '../report.ts';
import { HATCH } from './bars.ts';
import { blindSpots, waivers } from './blind-spots.ts';
import { doingFirst } from './doing-first.ts';
import type { Counted } from './figures.ts';
import { findingsList } from './findings-list.ts';
import { overview } from './overview.ts';
import { type Past, pictures } from './pictures.ts';
import { REPORT_SCRIPT } from './script.ts';
import { REPORT_STYLE } from './style.ts';
import { controlsTable, frameworksView } from './tables.ts';
import { minuteOf } from './words.ts';

export type { Past } from './pictures.ts';

export interface PageOptions {
  /** Earlier ones, for the picture over time. */
  history?: readonly Past[];
  title?: string;
  /** By control: passes that are counted and not among the verdicts. */
  passed?: Readonly<Record<string, number>>;
}

/**
 * The report as one document that needs nothing else: it works without its script, prints, and is the same, byte by
 * byte, for the same report.
 */
export function htmlReport(
  plain: Report,
  { history = [], title = 'Amazon EKS security report', passed }: PageOptions = {},
): string {
  const report: Counted = passed === undefined ? plain : { ...plain, passed };
  return html`${documentHead(title, REPORT_STYLE, REPORT_SCRIPT)}
<body>
<a class="skip" href="#findings">To the findings</a>
${HATCH}
${overview(report, title)}
${contents()}
<main>
${doingFirst(report)}
${pictures(report, history)}
${blindSpots(report)}
${findingsList(report)}
${waivers(report)}
${frameworksView(report)}
${controlsTable(report)}
</main>
<footer>Made by eks-warden ${report.version} from what was read on ${minuteOf(report.at)}. All times are UTC. <code>npx eks-warden explain CONTROL NAME</code> tells all of one finding, its fix as code and how to accept it.</footer>
<script>${raw(REPORT_SCRIPT)}</script>
</body>
</html>
`.text;
}

function contents(): Html {
  const places = [
    ['first', 'Worth doing first'],
    ['posture', 'Where it stands'],
    ['unknown', 'What could not be judged'],
    ['findings', 'Findings'],
    ['frameworks', 'Frameworks'],
    ['controls', 'Controls'],
  ];
  return html`<nav aria-label="On this page">${places.map(([id, label]) => html`<a href="#${id}">${label}</a>`)}</nav>`;
}
