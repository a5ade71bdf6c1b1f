import { createHash } from 'node:crypto';
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

/** Nothing may be loaded or sent; the one style sheet and the one script are known by their hashes. */
const POLICY = [
  "default-src 'none'",
  `style-src '${hashOf(REPORT_STYLE)}'`,
  `script-src '${hashOf(REPORT_SCRIPT)}'`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

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
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${raw(REPORT_STYLE)}</style>
</head>
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

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}
