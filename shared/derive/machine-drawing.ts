import { STATES, type State } from '../findings/finding.ts';
import { type Edge, edgesOf } from './machine-page.ts';

interface Point {
  x: number;
  y: number;
}

const WIDTH = 960;
const HEIGHT = 560;
const BOX = { width: 168, height: 62 };
/** How far apart the two ways between a pair run, and how much each bends. */
const APART = 11;
const BEND = 16;
/** The weights of a curve's points at 0.4 of its way. */
const LABEL_AT = { start: 0.36, bend: 0.48, end: 0.16 };

/** Placed so that no two ways cross. */
const PLACES: Readonly<Record<State, Point>> = {
  fixing: { x: 120, y: 70 },
  open: { x: 470, y: 70 },
  unsure: { x: 480, y: 320 },
  closed: { x: 120, y: 480 },
  waived: { x: 840, y: 480 },
};

const STYLE = `
  svg { font: 14px system-ui, sans-serif; --paper: #fff; --ink: #1f2328; --soft: #59636e; --line: #818b98;
    --open: #ffebe9; --unsure: #fff8c5; --fixing: #ddf4ff; --waived: #fbefff; --closed: #dafbe1; }
  @media (prefers-color-scheme: dark) {
    svg { --paper: #0d1117; --ink: #f0f6fc; --soft: #9198a1; --line: #656c76;
      --open: #4d1216; --unsure: #3b2e00; --fixing: #0c2d6b; --waived: #3c1e70; --closed: #04260f; }
  }
  .paper { fill: var(--paper); } .name { fill: var(--ink); font-weight: 600; font-size: 16px; }
  .stays { fill: var(--soft); font-size: 12px; } .label { fill: var(--ink); }
  .box { stroke: var(--line); stroke-width: 1.5; } .way { fill: none; stroke: var(--line); stroke-width: 1.5; }
  .head { fill: var(--line); } text { text-anchor: middle; dominant-baseline: middle; }
  ${STATES.map((state) => `.${state} { fill: var(--${state}); }`).join(' ')}`;

/** The machine as a picture that needs nothing else, in light and in dark. */
export function machineDrawing(): string {
  const edges = edgesOf();
  const moves = edges.filter(({ from, to }) => from !== to);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-labelledby="title">
<title id="title">How a finding moves between its states: ${STATES.join(', ')}</title>
<style>${STYLE}
</style>
<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="9" markerHeight="9" orient="auto"><path class="head" d="M0 0 8 4 0 8z"/></marker></defs>
<rect class="paper" width="${WIDTH}" height="${HEIGHT}"/>
${[...moves.map(drawnWay), ...STATES.map((state) => drawnState(state, edges)), ...moves.map(drawnLabel)].join('\n')}
</svg>
`;
}

function drawnState(state: State, edges: readonly Edge[]): string {
  const { x, y } = PLACES[state];
  const stays = edges.find(({ from, to }) => from === state && to === state)?.inputs.join(', ');
  return [
    `<rect class="box ${state}" x="${x - BOX.width / 2}" y="${y - BOX.height / 2}" width="${BOX.width}" height="${BOX.height}" rx="10"/>`,
    `<text class="name" x="${x}" y="${y - (stays ? 9 : 0)}">${state}</text>`,
    ...(stays ? [`<text class="stays" x="${x}" y="${y + 14}">stays: ${stays}</text>`] : []),
  ].join('\n');
}

function drawnWay(edge: Edge): string {
  const { start, bend, end } = wayOf(edge);
  return `<path class="way" marker-end="url(#head)" d="M${at(start)} Q${at(bend)} ${at(end)}"/>`;
}

/** Before the middle of its way, so that the label of the way back is elsewhere; with a piece of paper under it. */
function drawnLabel(edge: Edge): string {
  const { start, bend, end } = wayOf(edge);
  const x = LABEL_AT.start * start.x + LABEL_AT.bend * bend.x + LABEL_AT.end * end.x;
  const y = LABEL_AT.start * start.y + LABEL_AT.bend * bend.y + LABEL_AT.end * end.y;
  const text = edge.inputs.join(', ');
  const width = text.length * 7 + 10;
  return [
    `<rect class="paper" x="${(x - width / 2).toFixed(1)}" y="${(y - 10).toFixed(1)}" width="${width}" height="20" rx="4"/>`,
    `<text class="label" x="${x.toFixed(1)}" y="${y.toFixed(1)}">${text}</text>`,
  ].join('\n');
}

/** From box to box, bent to the right of its direction, so that the way back runs beside it. */
function wayOf({ from, to }: Edge): { start: Point; bend: Point; end: Point } {
  const [a, b] = [PLACES[from], PLACES[to]];
  const length = Math.hypot(b.x - a.x, b.y - a.y);
  const right = { x: -(b.y - a.y) / length, y: (b.x - a.x) / length };
  const beside = (point: Point, far: number) => ({ x: point.x + right.x * far, y: point.y + right.y * far });
  const start = leaving(a, beside(a, APART), { x: b.x - a.x, y: b.y - a.y });
  const end = leaving(b, beside(b, APART), { x: a.x - b.x, y: a.y - b.y });
  return { start, bend: beside({ x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 }, BEND), end };
}

/** Where a line from within a box leaves it, and a little more. */
function leaving(box: Point, from: Point, way: Point): Point {
  const rest = (half: number, offset: number, step: number) =>
    step === 0 ? Number.POSITIVE_INFINITY : (half + 4 - offset * Math.sign(step)) / Math.abs(step);
  const part = Math.min(rest(BOX.width / 2, from.x - box.x, way.x), rest(BOX.height / 2, from.y - box.y, way.y));
  return { x: from.x + way.x * part, y: from.y + way.y * part };
}

function at({ x, y }: Point): string {
  return `${x.toFixed(1)} ${y.toFixed(1)}`;
}
