import { type Html, html } from '../html.ts';

/** A part of a bar: its length, and the class that colours it. */
export interface Part {
  value: number;
  tone: string;
}

/** A stacked bar as wide as its place; `whole` is the length of the full width. The numbers stand beside it as text. */
export function bar(parts: readonly Part[], whole: number): Html {
  let from = 0;
  const drawn = parts.flatMap(({ value, tone }) => {
    if (value <= 0 || whole <= 0) return [];
    const x = from;
    from += value;
    return [
      html`<rect class="${tone}" x="${rounded((x / whole) * 100)}" width="${rounded((value / whole) * 100)}" height="10"/>`,
    ];
  });
  return html`<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">${drawn}</svg>`;
}

/** The pattern of what is unknown, told apart without its colour; once on a page. */
export const HATCH: Html = html`<svg class="defs" width="0" height="0" aria-hidden="true"><defs><pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse"><rect class="hatch-ground" width="5" height="5"/><path class="hatch-line" d="M-1 1l2-2M0 5l5-5M4 6l2-2"/></pattern></defs></svg>`;

/** Layers of a stacked area over time, the first at the bottom. */
export interface Layer {
  tone: string;
  values: readonly number[];
}

/** A stacked area over `times` (ms), 100 by 40 and stretched to its place. */
export function area(times: readonly number[], layers: readonly Layer[], most: number): Html {
  const first = times[0] ?? 0;
  const span = Math.max(1, (times.at(-1) ?? first) - first);
  const x = (index: number) => rounded((((times[index] ?? first) - first) / span) * 100);
  const y = (value: number) => rounded(40 - (value / Math.max(1, most)) * 40);
  let below = times.map(() => 0);
  const drawn = layers.map(({ tone, values }) => {
    const base = below;
    const top = base.map((value, index) => value + (values[index] ?? 0));
    below = top;
    const there = top.map((value, index) => `${x(index)},${y(value)}`);
    const back = base.map((value, index) => `${x(index)},${y(value)}`).reverse();
    return html`<polygon class="${tone}" points="${[...there, ...back].join(' ')}"/>`;
  });
  return html`<svg class="area" viewBox="0 0 100 40" preserveAspectRatio="none" aria-hidden="true">${drawn}</svg>`;
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
