import { createHash } from 'node:crypto';
import type { Baseline } from '../baseline/baseline.ts';
import { SEVERITIES, type Severity } from '../controls/define-control.ts';
import { kindOf } from '../resources/kinds.ts';
import { keyOf, type Resource } from '../resources/resource.ts';
import { audience } from './compose.ts';
import { clip } from './escape.ts';
import type { Inventory, Notice } from './notice.ts';

/** What the first sweep of some scopes came to. */
export interface Inventoried {
  /** The sweep, which gives the notice its id: a repeat has the same. */
  run: string;
  /** The partition that remembers what was sent. */
  key: string;
  /** Where eks-warden is installed. */
  home: { account: string; region: string };
  ended: number;
  scopes: readonly { account: string; region: string }[];
  resources: number;
  severities: Readonly<Partial<Record<Severity, number>>>;
  worst: readonly { resource: Resource; control: string; severity: Severity; text: string }[];
  missing: Readonly<Record<string, number>>;
  incomplete: readonly string[];
}

const MOST_SCOPES = 20;
const MOST_MISSING = 10;
const MOST_INCOMPLETE = 10;
const TEXT = 300;

/** One notice of all that a first sweep found, to everyone whom the baseline names. Pure. */
export function inventoryNotice(
  found: Inventoried,
  { controls, routes }: Pick<Baseline, 'controls' | 'routes'>,
  pages = 'docs/controls',
): Notice {
  const { run, key, home, ended } = found;
  const open = SEVERITIES.flatMap((severity) => {
    const count = found.severities[severity] ?? 0;
    return count > 0 ? [{ severity, count }] : [];
  });
  return {
    schema: 1,
    id: createHash('sha256').update(`first sweep\n${key}\n${run}`).digest('hex').slice(0, 32),
    resource: { kind: 'account-region', id: home.region, ...home },
    key,
    called: 'first sweep',
    version: 0,
    clusters: [],
    severity: open[0]?.severity ?? 'info',
    state: open.length > 0 ? 'open' : 'closed',
    mode: 'notify',
    time: ended,
    news: [],
    inventory: inventoryOf(found, open, new Map(controls.map(({ id, title }) => [id, title])), pages),
    to: audience(routes),
  };
}

function inventoryOf(
  { scopes, resources, worst, missing, incomplete }: Inventoried,
  open: Inventory['open'],
  titles: ReadonlyMap<string, string>,
  pages: string,
): Inventory {
  return {
    scopes: scopes.slice(0, MOST_SCOPES).map(({ account, region }) => `${account} ${region}`),
    moreScopes: Math.max(0, scopes.length - MOST_SCOPES),
    resources,
    open,
    worst: worst.map(({ resource, control, severity, text }) => ({
      key: clip(keyOf(resource), TEXT),
      called: kindOf(resource.kind).called,
      id: clip(resource.id, TEXT),
      account: resource.account,
      region: resource.region,
      control,
      title: titles.get(control) ?? control,
      page: `${pages.replace(/\/+$/, '')}/${control}.md`,
      severity,
      text: clip(text, TEXT),
    })),
    missing: Object.entries(missing)
      .sort(([, one], [, other]) => other - one)
      .slice(0, MOST_MISSING)
      .map(([permission, findings]) => ({ permission: clip(permission, TEXT), findings })),
    incomplete: incomplete.slice(0, MOST_INCOMPLETE).map((text) => clip(text, TEXT)),
  };
}
