import { canonical } from '../../../shared/aws/canonical.ts';
import type { Item } from '../../../shared/aws/world.ts';
import type { Finding, ResourceState } from '../../../shared/findings/finding.ts';

/**
 * What of the table does not depend on when and how often something was told: what is not in order and what is said of
 * it, and who uses what. Times, versions, causes and what is gone are left out.
 */
export function lasting(item: Item): object | undefined {
  if (item.pk.startsWith('link#')) {
    const { observedAt: _, ...link } = item;
    return link;
  }
  if (item.sk !== 'state') return undefined;
  const state = item as unknown as ResourceState;
  if (state.gone !== undefined) return undefined;
  const { pk, clusters, links, generation, findings } = state;
  const standing = Object.entries(findings).filter(([, finding]) => finding.state !== 'closed');
  return {
    pk,
    clusters: [...clusters].sort(),
    links: links.map((link) => canonical(link)).sort(),
    ...(generation !== undefined && { generation }),
    findings: Object.fromEntries(standing.map(([control, finding]) => [control, gist(finding)])),
  };
}

function gist({ state, severity, said, waiver, unread, seen }: Finding): object {
  return { state, severity, said, waiver, missing: unread?.missing, seen: seen?.count };
}
