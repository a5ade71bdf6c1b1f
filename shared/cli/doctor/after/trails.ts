import { type OperatorSession, unreadText } from '../../../aws/operator/session.ts';
import { awsSession } from '../../../aws/session.ts';
import trailEnabled from '../../../controls/logging/trail-enabled.ts';
import { watchedRegions } from '../../../deployment/watched-regions.ts';
import { judge } from '../../../evaluation/judge.ts';
import { readSubject } from '../../../evaluation/read-subject.ts';
import { accountRegion } from '../../../resources/account-region.ts';
import { type Check, fine, unknown, wrong } from '../check.ts';
import type { Examine } from './examined.ts';

/** Flaws of a trail by which changes are not seen; others concern an audit, and are findings. */
const BLINDING = ['none', 'stopped', 'undelivered', 'gaps', 'leavesOut'];
const MEND = 'Start logging, or give one trail all Regions and all management events: docs/controls/trail-enabled.md';

/** Without a trail that logs, EventBridge hears of no change: in each region that is watched. */
export const trails: Examine = ({ hub, account, now }) =>
  trailChecks(hub.session, account, watchedRegions(hub.deployment ?? { region: hub.region, regions: [] }), now);

/** Before a deployment as after it. */
export function trailChecks(
  session: OperatorSession,
  account: string,
  regions: readonly string[],
  now: number,
): Promise<Check[]> {
  return Promise.all(regions.map((region) => trailCheck(session, account, region, now)));
}

async function trailCheck(session: OperatorSession, account: string, region: string, now: number): Promise<Check> {
  const named = { id: `trail ${region}`, title: `Trail in ${region}` };
  const { client = {} } = session.calling();
  const aws = awsSession({ home: { account, region: session.region }, client: { sdk: client } });
  const resource = { kind: 'account-region' as const, id: region, account, region };
  const read = await readSubject(accountRegion, resource, aws.batch().reader(account, region), new Set(['trails']), []);
  if (read.outcome === 'unsettled' || read.outcome === 'gone')
    return unknown(named, 'it changes just now.', 'Look again.');
  if (read.outcome !== 'found') return unknown(named, unreadText(read), 'Have it allowed, or look yourself.');
  const [unread] = read.unread.values();
  if (unread && unread.outcome !== 'gone')
    return unknown(named, unreadText(unread), 'Have it allowed, or look yourself.');

  const rule = { control: trailEnabled, mode: 'notify' as const, params: trailEnabled.params.parse({}), always: false };
  const verdict = judge(rule, read.subject, new Date(now));
  if (verdict.verdict === 'unknown') return unknown(named, verdict.why);
  const said = verdict.verdict === 'fail' ? verdict.said.filter(({ reason }) => BLINDING.includes(reason)) : [];
  const [worst] = said;
  return worst === undefined ? fine(named, 'it logs management events.') : wrong(named, worst.text, MEND);
}
