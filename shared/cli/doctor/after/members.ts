import { ROLES } from '../../../aws/entry.ts';
import { canAssume } from '../../../aws/operator/callers.ts';
import { itemsOf } from '../../../aws/operator/findings-index.ts';
import { unreadText } from '../../../aws/operator/session.ts';
import { partitionOf, roleArnOf } from '../../../aws/partition.ts';
import { sweepKey } from '../../../findings/swept.ts';
import { HOUR } from '../../../runtime/clock.ts';
import type { ScopeDone } from '../../../sweep/rows.ts';
import { idOf } from '../../hub.ts';
import { scopesOf } from '../../watched.ts';
import { type Check, fine, unknown, wrong } from '../check.ts';
import type { Examine, Examined } from './examined.ts';

/** Older proof than a night and half a day is none. */
const PROOF = 36 * HOUR;

/** Whether each registered account lets us in. */
export const members: Examine = (examined) => {
  const { baseline, account } = examined;
  return Promise.all(baseline.accounts.filter((each) => each !== account).map((each) => memberCheck(examined, each)));
};

/**
 * The roles there trust our functions, not people, so a person is often refused: then what the functions read in the
 * last sweep is the proof.
 */
async function memberCheck(examined: Examined, account: string): Promise<Check> {
  const { hub } = examined;
  const { deployment } = hub;
  const named = { id: `account ${account}`, title: `Account ${account}` };
  const arn = roleArnOf(partitionOf(hub.region), account, ROLES.read, deployment?.rolePath);
  const ExternalId = deployment?.externalId;
  const read = await canAssume(hub.session, {
    RoleArn: arn,
    RoleSessionName: 'eks-warden-doctor',
    ...(ExternalId === undefined ? {} : { ExternalId }),
  });
  if (read.outcome === 'found') return fine(named, `the role ${ROLES.read} lets us in.`);
  if (read.outcome !== 'refused' && read.outcome !== 'gone') return unknown(named, unreadText(read), 'Look again.');
  const proof = await lastRead(examined, account);
  if (proof === 'unknown')
    return unknown(named, 'your credentials may not enter it, and the last sweep cannot be read.');
  if (proof === 'read')
    return fine(named, 'the last sweep read it (your own credentials may not enter, which is right).');
  const why = `the role ${ROLES.read} does not exist there, or does not trust the functions of ${examined.account} or their external id; no sweep has read it lately.`;
  return wrong(named, why, `Install events/members.yml in ${account}: docs/many-accounts.md`);
}

async function lastRead({ hub, now }: Examined, account: string): Promise<'read' | 'not read' | 'unknown'> {
  const table = idOf(hub, 'FindingsTable');
  if (table === undefined) return 'unknown';
  const scopes = scopesOf(hub).map((region) => ({ account, region }));
  const reads = await Promise.all(
    scopes.map((scope) => itemsOf(hub.session, table, sweepKey(scope), { prefix: 'done', most: 1 })),
  );
  if (reads.some(({ outcome }) => outcome !== 'found')) return 'unknown';
  const done = reads.flatMap((read) => (read.outcome === 'found' ? (read.value as readonly ScopeDone[]) : []));
  return done.some(({ complete, ended }) => complete && now - ended < PROOF) ? 'read' : 'not read';
}
