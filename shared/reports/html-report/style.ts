import { PAGE_STYLE } from '../page-style.ts';

/** What the report needs beyond the style of every page. */
export const REPORT_STYLE = `${PAGE_STYLE}
body { max-width: 66rem; }
.small { font-size: .88rem; }
a { color: var(--link); text-underline-offset: .15em; }
section { scroll-margin-top: 1rem; }
[hidden] { display: none !important; }
.skip { position: absolute; left: -99rem; }
.skip:focus { position: static; }
nav { margin: 1.6rem 0 0; display: flex; flex-wrap: wrap; gap: .3rem 1.3rem; font-size: .95rem; }
.caveat { border-left: 4px solid var(--medium); background: var(--card); padding: .7rem 1rem; border-radius: 0 8px 8px 0; }
.glance { margin-top: 1.5rem; }
.percent { font-size: 1.05rem; margin: 0 0 .6rem; }
.percent strong { font-size: 2.4rem; letter-spacing: -.03em; margin-right: .25rem; font-variant-numeric: tabular-nums; }
svg.bar { display: block; width: 100%; height: .75rem; border-radius: 3px; background: var(--line); forced-color-adjust: none; }
.glance svg.bar { height: 1.4rem; border-radius: 5px; }
svg.key { width: .8em; height: .8em; border-radius: 2px; }
svg.area { display: block; width: 100%; height: 9rem; border-bottom: 1px solid var(--line); }
svg.defs { position: absolute; }
svg .pass { fill: var(--good); } svg .fail { fill: var(--high); } svg .unknown { fill: url(#hatch); } svg .waived { fill: var(--soft); opacity: .6; }
svg .critical { fill: var(--critical); } svg .high { fill: var(--high); } svg .medium { fill: var(--medium); } svg .low { fill: var(--low); } svg .info { fill: var(--info); }
.hatch-ground { fill: var(--card); } .hatch-line { stroke: var(--medium); stroke-width: 1.6; }
.legend { list-style: none; display: flex; flex-wrap: wrap; gap: .2rem 1.4rem; padding: 0; margin: .6rem 0; }
.pictures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 27rem), 1fr)); gap: 1.6rem 2.6rem; }
.picture { margin: 0; min-width: 0; }
.picture caption, .picture figcaption { color: var(--ink); font-weight: 600; font-size: .95rem; }
.picture th, .picture td { padding-right: .7rem; } .picture td.n:last-child, .picture th.n:last-child { padding-right: 0; }
.picture .drawn { width: 34%; min-width: 3.5rem; vertical-align: middle; }
.picture .severity { font-size: .9rem; }
.picture tbody th { min-width: 6.5rem; } .picture thead th { white-space: nowrap; }
.scroll :is(td, th) { overflow-wrap: break-word; } .scroll table { min-width: 40rem; } .scroll tbody th { min-width: 12rem; } .scroll caption { max-width: 88vw; }
.axis { display: flex; justify-content: space-between; }
ol.first { padding: 0; margin: 0; list-style: none; counter-reset: first; }
ol.first > li { counter-increment: first; position: relative; background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: .8rem 1rem .7rem 3.2rem; margin: .6rem 0; break-inside: avoid; }
ol.first > li::before { content: counter(first); position: absolute; left: 1.1rem; top: .62rem; font-size: 1.35rem; font-weight: 600; color: var(--soft); font-variant-numeric: tabular-nums; }
ol.first ul { margin: .3rem 0; padding-left: 1.1rem; }
.thing { margin: 0; font-weight: 600; } .thing .soft { font-weight: 400; font-size: .88rem; } .thing .severity { margin-right: .3rem; }
.formula, .framework { background: none; }
.formula > summary, .framework > summary { display: list-item; list-style: disclosure-closed inside; padding: .55rem 1rem; }
.formula[open] > summary, .framework[open] > summary { list-style-type: disclosure-open; }
.formula ul { margin: .3rem 0; padding-left: 1.1rem; }
.framework .scroll { padding: 0 1rem .8rem; }
#filter { display: flex; flex-wrap: wrap; gap: .7rem 1.1rem; align-items: end; background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: .9rem 1rem; margin: .8rem 0; }
#filter label { font-size: .85rem; color: var(--soft); } #filter .wide { flex: 1 1 100%; }
#filter input[type=search], #filter select { display: block; width: 100%; max-width: 100%; margin-top: .15rem; padding: .4rem .5rem; min-height: 2.25rem; border: 1px solid var(--soft); border-radius: 6px; background: var(--paper); color: var(--ink); font: inherit; font-size: .95rem; }
#filter select { min-width: 8rem; max-width: 16rem; }
#filter fieldset { border: 0; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: .1rem .9rem; } #filter legend { padding: 0; font-size: .85rem; color: var(--soft); }
#filter .box { color: var(--ink); font-size: .95rem; display: inline-flex; align-items: center; gap: .35rem; min-height: 2.25rem; }
#filter .box input { width: 1.05rem; height: 1.05rem; margin: 0; accent-color: var(--link); }
#filter button { font: inherit; font-size: .95rem; min-height: 2.25rem; padding: .3rem .9rem; border: 1px solid var(--soft); border-radius: 6px; background: var(--paper); color: var(--ink); cursor: pointer; }
:is(input, select, button, .scroll):focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
.count { color: var(--soft); font-size: .88rem; white-space: nowrap; }
.g > summary { font-weight: 600; }
.share { display: block; font-size: .85rem; white-space: nowrap; }
.g > .about { color: var(--ink); padding: .2rem 1rem 1rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .2rem 1.2rem; margin: 0; font-size: .94rem; }
dt { color: var(--soft); } dd { margin: 0; min-width: 0; }
.f { border-width: 1px 0 0; border-radius: 0; margin: 0; background: none; scroll-margin-top: 1rem; content-visibility: auto; contain-intrinsic-size: auto 4rem; }
.f[open] { content-visibility: visible; }
.f > summary { padding: .6rem 1rem; font-size: .95rem; }
.f > summary b { font-size: .82rem; } .f.critical b { color: var(--critical); } .f.high b { color: var(--high); } .f.medium b { color: var(--medium); } .f.low b { color: var(--low); } .f.info b { color: var(--info); }
.f, .f dl { color: var(--ink); }
.f em { font-style: normal; font-size: .85rem; white-space: nowrap; }
.f em::before { content: ""; display: inline-block; width: .6em; height: .6em; margin-right: .45em; border-radius: 50%; border: 2px solid var(--soft); }
.f.fail em::before { background: var(--high); border-color: var(--high); } .f.unknown em::before { border-color: var(--medium); border-style: dotted; }
.f small { grid-column: 2 / -1; color: var(--soft); font-size: .88rem; } .f i { font-style: normal; }
.f dl { padding: .1rem 1rem .9rem 7.2rem; }
.f > a { display: inline-block; margin: -.4rem 1rem .9rem 7.2rem; font-size: .88rem; }
.f:is(:target, .pointed) { background: color-mix(in srgb, var(--link) 8%, transparent); }
#flat:not(:empty) { background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
#flat .f:first-child { border-top: 0; }
abbr { text-decoration: none; }
@media (max-width: 36rem) {
  dl { grid-template-columns: 1fr; gap: 0; } dd { margin-bottom: .5rem; }
  .f dl { padding-left: 1rem; } .f > a { margin-left: 1rem; } .f small { grid-column: 1 / -1; }
  .f > summary span, .g > summary .what { grid-column: 1 / -1; grid-row: 2; }
  #filter select { max-width: none; } #filter > label { flex: 1 1 8rem; }
  .pictures { gap: 1.6rem; } .picture table { font-size: .85rem; } .picture thead th { font-size: .74rem; } .picture th, .picture td { padding-right: .35rem; } .picture tbody th { min-width: 5.6rem; } .picture .drawn { min-width: 2rem; width: 20%; }
  ol.first > li { padding-left: 2.4rem; } ol.first > li::before { left: .8rem; }
}
@media print {
  nav, .skip, #filter, #shown { display: none !important; }
  .f { content-visibility: visible; break-inside: avoid; } .g { break-inside: auto; }
  svg, .severity, .f em::before { print-color-adjust: exact; }
}
`;
