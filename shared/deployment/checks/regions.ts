import { enabledRegions } from '../../aws/operator/regions.ts';
import type { OperatorSession } from '../../aws/operator/session.ts';
import { type Check, checkOf, fine, wrong } from '../check.ts';
import type { Deployment } from '../deployment.ts';
import { reachOf, watchedRegions } from '../watched-regions.ts';

type Regions = Pick<Deployment, 'region' | 'regions'>;

const NAMED = { id: 'regions', title: 'Regions' };

export async function regionsCheck(session: OperatorSession, deployment: Regions): Promise<Check> {
  return checkOf(NAMED, await enabledRegions(session), (enabled = []) => judgeRegions(deployment, enabled));
}

/** All that are to be watched must be enabled; those that are not watched are named, so that nobody believes they are. */
export function judgeRegions(deployment: Regions, enabled: readonly string[]): Check {
  const { blind, notEnabled } = reachOf(deployment, enabled);
  if (notEnabled.length > 0) {
    const [only = ''] = notEnabled;
    const why =
      notEnabled.length === 1
        ? `${only} is no region of this account, or is not enabled in it.`
        : `${notEnabled.join(', ')} are no regions of this account, or are not enabled in it.`;
    return wrong(NAMED, why, 'Correct region and regions in deploy.yml, or enable them in the account settings.');
  }
  const watched = `watched are ${watchedRegions(deployment).join(', ')}`;
  if (blind.length === 0) return fine(NAMED, `${watched}: all that are enabled.`);
  return fine(
    NAMED,
    `${watched}; blind are ${blind.join(', ')}.`,
    'A blind region is swept by nobody and its events are not seen: add it to regions in deploy.yml if clusters may run there.',
  );
}
