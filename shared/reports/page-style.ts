/** The style sheet of every page: one column, system fonts, light and dark, print. */
export const PAGE_STYLE = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#fbfaf7, #15171a);
  --card: light-dark(#ffffff, #1c1f23);
  --ink: light-dark(#1d2125, #e6e4df);
  --soft: light-dark(#5c6166, #a3a6a9);
  --line: light-dark(#e3e0d8, #33373c);
  --link: light-dark(#0b5a8f, #7cc0f0);
  --critical: light-dark(#a3123a, #ff8097);
  --high: light-dark(#b23a06, #ff9c66);
  --medium: light-dark(#7d5a00, #e7bd4f);
  --low: light-dark(#1f5f86, #86c5ec);
  --info: light-dark(#5c6166, #a3a6a9);
  --good: light-dark(#1b6b3a, #74d095);
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; padding: 3rem 1.25rem 5rem; max-width: 58rem;
  background: var(--paper); color: var(--ink);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif;
  overflow-wrap: anywhere;
}
h1 { font-size: 1.9rem; line-height: 1.2; letter-spacing: -0.015em; margin: 0 0 .4rem; text-wrap: balance; }
h2 { font-size: 1.15rem; margin: 3rem 0 .8rem; }
h3 { font-size: 1rem; font-weight: 600; margin: 1.6rem 0 .4rem; }
p { margin: .4rem 0; }
.about, .soft { color: var(--soft); }
.figures { display: flex; flex-wrap: wrap; gap: .4rem 2.4rem; margin: 1.8rem 0 0; padding: 0; }
.figures div { min-width: 5.5rem; }
.figures dt { color: var(--soft); font-size: .85rem; }
.figures dd { margin: 0; font-size: 1.65rem; font-weight: 600; letter-spacing: -0.02em; font-variant-numeric: tabular-nums; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
caption { text-align: left; color: var(--soft); padding-bottom: .5rem; font-size: .9rem; }
th, td { text-align: left; padding: .45rem .9rem .45rem 0; border-bottom: 1px solid var(--line); vertical-align: baseline; }
thead th { color: var(--soft); font-weight: 500; font-size: .82rem; }
td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
tbody th { font-weight: 400; }
td .zero { color: var(--soft); opacity: .55; }
code, pre { font-family: ui-monospace, SFMono-Regular, Menlo, "DejaVu Sans Mono", monospace; font-size: .86em; }
pre { white-space: pre-wrap; margin: .4rem 0; padding: .7rem .9rem; background: var(--paper); border: 1px solid var(--line); border-radius: 6px; }
details { background: var(--card); border: 1px solid var(--line); border-radius: 8px; margin: .6rem 0; }
summary { cursor: pointer; padding: .8rem 1rem; display: grid; grid-template-columns: 5.2rem 1fr auto; gap: .1rem 1rem; align-items: baseline; list-style: none; }
summary::-webkit-details-marker { display: none; }
summary:focus-visible, a:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; border-radius: 8px; }
summary .where { grid-column: 2 / -1; color: var(--soft); font-size: .9rem; }
.severity { font-size: .82rem; font-weight: 600; }
.state { font-size: .85rem; color: var(--soft); white-space: nowrap; }
.state::before { content: ""; display: inline-block; width: .55em; height: .55em; margin-right: .45em; border-radius: 50%; border: 2px solid currentColor; }
.state::after { content: ""; display: inline-block; width: .45em; height: .45em; margin: 0 .15em .15em .9em; border: solid var(--soft); border-width: 0 2px 2px 0; transform: rotate(-45deg); }
details[open] .state::after { transform: rotate(45deg); }
.state.open, .state.unsure, .state.fixing { color: var(--ink); }
.state.open::before { background: var(--high); border-color: var(--high); }
.state.unsure::before { border-color: var(--medium); }
.state.closed::before { background: var(--good); border-color: var(--good); }
.critical { color: var(--critical); } .high { color: var(--high); } .medium { color: var(--medium); }
.low { color: var(--low); } .info { color: var(--info); }
.body { padding: 0 1rem 1.1rem; border-top: 1px solid var(--line); }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.2rem; margin: .9rem 0 0; }
.facts dt { color: var(--soft); } .facts dd { margin: 0; }
ol.moments { list-style: none; margin: .6rem 0 0; padding: 0 0 0 1.1rem; border-left: 2px solid var(--line); }
ol.moments li { position: relative; padding: 0 0 .85rem; }
ol.moments li:last-child { padding-bottom: 0; }
ol.moments li::before { content: ""; position: absolute; left: calc(-1.1rem - 6px); top: .5em; width: 10px; height: 10px; border-radius: 50%; background: var(--card); border: 2px solid var(--soft); }
ol.moments li.good::before { background: var(--good); border-color: var(--good); }
ol.moments li.bad::before { background: var(--high); border-color: var(--high); }
ol.moments li.unsure::before { border-color: var(--medium); }
ol.moments time { color: var(--soft); font-variant-numeric: tabular-nums; font-size: .85rem; margin-right: .7rem; }
ol.moments .detail { display: block; color: var(--soft); font-size: .88rem; }
ol.moments pre { font-size: .8rem; }
footer { margin-top: 3rem; color: var(--soft); font-size: .88rem; }
@media (max-width: 36rem) {
  body { padding-top: 1.6rem; }
  summary { grid-template-columns: 1fr auto; }
  summary .what { grid-column: 1 / -1; grid-row: 2; }
  summary .where { grid-column: 1 / -1; }
  .facts { grid-template-columns: 1fr; gap: 0; } .facts dd { margin-bottom: .6rem; }
}
@media print {
  :root { color-scheme: light; }
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  details { break-inside: avoid; } details::details-content { content-visibility: visible; block-size: auto; }
}
`;
