import { createHash } from 'node:crypto';
import type { Fillings } from '../controls/define-control.ts';
import type { Said } from '../evaluation/verdict.ts';
import type { Finding, ResourceState } from './finding.ts';

/** Data of one finding, in UTF-8 bytes of JSON; and of one item. DynamoDB refuses items over 400 kB. */
export const MOST_FINDING_BYTES = 2_000;
export const MOST_ITEM_BYTES = 200_000;
/** Links kept on the item itself; all of them are link items anyway. */
const MOST_LINKS = 200;
const SHORT = 160;
/** What is tried in turn until it fits: how many messages, and how long each value may be. */
const SIZES = [
  [4, SHORT],
  [4, SHORT / 2],
  [2, SHORT / 2],
  [1, SHORT / 2],
  [1, SHORT / 8],
] as const;

/** Truncates what a hostile or huge resource would make of an item; what was cut is counted and hashed, so that a change in it still shows. */
export function bounded(state: ResourceState): ResourceState {
  const findings = Object.fromEntries(Object.entries(state.findings).map(([id, each]) => [id, lean(each)]));
  const item = { ...state, findings };
  if (bytes(item) <= MOST_ITEM_BYTES) return item;
  const tags = Object.fromEntries(Object.entries(state.tags ?? {}).slice(0, 50));
  const links = state.links.slice(0, MOST_LINKS);
  const surplus = state.links.length - links.length;
  return { ...item, tags, links, surplus, clusters: state.clusters.slice(0, MOST_LINKS) };
}

function lean(found: Finding): Finding {
  const finding = found.plan ? { ...found, plan: found.plan.slice(0, 4).map((call) => cut(call, 8 * SHORT)) } : found;
  if (bytes(finding.said) <= MOST_FINDING_BYTES) return finding;
  const tries = SIZES.map(([most, short]) => fewer(finding.said, most, short));
  return { ...finding, said: tries.find((said) => bytes(said) <= MOST_FINDING_BYTES) ?? tries.at(-1) ?? [] };
}

/** The worst come first; the last that is kept tells how many are not. */
function fewer(said: readonly Said[], most: number, short: number): Said[] {
  const kept = said.slice(0, most).map((each) => shortened(each, short));
  const more = said.length - kept.length;
  return kept.map((each, index) =>
    more > 0 && index === kept.length - 1 ? { ...each, text: `${each.text} (and ${more} more)` } : each,
  );
}

function shortened(said: Said, short: number): Said {
  const data: Fillings = Object.fromEntries(
    Object.entries(said.data).map(([name, value]) => [name, typeof value === 'string' ? cut(value, short) : value]),
  );
  return { ...said, text: cut(said.text, 2 * short), data };
}

function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 12);
  return `${text.slice(0, most).toWellFormed()}… (${text.length} characters, sha256 ${hash})`;
}

function bytes(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value) ?? '');
}
