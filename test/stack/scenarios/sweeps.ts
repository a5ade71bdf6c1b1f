import { GetObjectCommand } from '@aws-sdk/client-s3';
import { expect, it } from 'vitest';
import type { Past } from '../../../shared/cli/sweep/history.ts';
import { type Bench, OLD, untilQuiet } from '../bench.ts';
import { commandOf, told } from '../command.ts';
import { addClusters, clusterOf, openEndpoint, removeCluster } from '../estate.ts';
import { killFunction } from '../machine.ts';
import { MEMBER, OWN } from '../place.ts';
import { type Stack, until } from '../stack.ts';
import { notFine } from './doctor.ts';
import { anEventAbout } from './events.ts';
import { MUTED, REASON } from './operator.ts';

const PROTECTION = 'eks-deletion-protection';
const PUBLIC = 'eks-endpoint-public-cidrs';
/** Known since the first sweep, and touched by nothing else: no look of it is still to come. */
const OPENED = 'old-13';
/** A right that an organisation's policy takes away for a while. */
const READ_POLICY = 'ecr:GetRepositoryPolicy';
const ALLOW = 'Allow it to the role eks-warden-read there, or look for an organisation policy that denies it.';

/** The first sweep, which the deployment started. */
export function firstSweepScenarios(here: () => Bench): void {
  it(`an account with ${OLD.length} old failures is told in one summary, and nothing of it is told singly or fixed`, async () => {
    const { stack } = here();
    const post = await until('the summary', () => textsOf(stack).find((text) => text.includes('FIRST SWEEP')));
    expect(post).toMatch(new RegExp(`FIRST SWEEP: ${OLD.length} findings? in`));
    const open = await Promise.all(OLD.map((cluster) => stack.finding(PROTECTION, clusterOf(cluster))));
    expect(open.map((finding) => finding?.state)).toEqual(OLD.map(() => 'open'));
    const notices = stack.wire.calls.filter(({ action }) => action === 'sns:Publish');
    expect(notices.map(({ body }) => OLD.some((name) => body.includes(name)) && !body.includes('FIRST'))).not.toContain(
      true,
    );
  });
}

/** What events did not tell, and what an organisation's policy keeps from being read. */
export function sweepScenarios(here: () => Bench): void {
  it('what changed while events were lost is found by the sweep, and what was deleted is closed', async () => {
    const { stack } = here();
    const { cloud, deliver } = stack.audited;
    await untilQuiet(stack);
    addClusters(cloud, ['deleted-unseen'], { deletionProtection: false });
    await stack.put(anEventAbout('deleted-unseen'));
    await until('the finding of what will be deleted', () => isIn(stack, PROTECTION, 'deleted-unseen', 'open'));
    removeCluster(cloud, 'deleted-unseen');
    deliver(false);
    openEndpoint(cloud, OPENED);
    deliver(true);
    const allow = stack.wire.fault({ action: READ_POLICY, answer: 'denied' });
    await sweep(here());
    allow();
    const deleted = await stack.finding(PROTECTION, clusterOf('deleted-unseen'));
    expect(deleted).toMatchObject({ state: 'closed', closedBecause: 'deleted' });
    expect(await stack.finding(PUBLIC, clusterOf(OPENED))).toMatchObject({
      state: 'open',
      cause: { event: 'eks:UpdateClusterConfig', late: true, actor: { person: 'anna@example.com' } },
    });
  });

  it('doctor: a permission that the last sweep missed is named', async () => {
    const why = `missing: ${READ_POLICY} (2 findings unread).`;
    expect(await notFine(commandOf(here()))).toEqual([`wrong Rights to read: ${why} → ${ALLOW}`]);
  });

  it('the digest says what events missed and who did it, what may not be read, what was muted, and where the report is', async () => {
    const { stack } = here();
    const digest = await until('the digest', () => textsOf(stack).find((text) => text.includes('DIGEST:')));
    expect(digest).toMatch(/DIGEST: \d+ fail .* [1-9]\d* missed by events/);
    expect(digest).toMatch(new RegExp(`${OPENED}[^\`]*Changed by: anna@example.com[^\`]*eks:UpdateClusterConfig`));
    expect(digest).toMatch(new RegExp(`${MUTED}.*${REASON}`));
    expect(digest).toContain(`${READ_POLICY}: 2 verdicts unknown without it`);
    const [last] = await history(here());
    expect(digest).toContain(`prefix=reports%2F${last?.run}.html`);
    const asked = { Bucket: stack.deployed.nameOf('SweepBucket'), Key: `reports/${last?.run}.html` };
    const { Body, ContentType } = await stack.clients.s3.send(new GetObjectCommand(asked));
    expect(ContentType).toBe('text/html; charset=utf-8');
    expect(await Body?.transformToString()).toContain(OPENED);
  });

  it('doctor: an account that lets nobody in is named, and that the last sweep did not read it', async () => {
    const { stack } = here();
    const admit = stack.wire.fault({ action: 'sts:AssumeRole', naming: MEMBER, answer: 'denied' });
    // Else its processes go on with the sessions that they hold; and afterwards with what they know to be refused.
    killFunction(stack.emulator.pid, 'sweep-scope');
    await sweep(here());
    const lines = await notFine(commandOf(here()));
    admit();
    killFunction(stack.emulator.pid, 'sweep-scope');
    const [account, swept, rights, ...more] = lines;
    expect(account).toBe(
      `wrong Account ${MEMBER}: the role eks-warden-read does not exist there, or does not trust the functions of ${OWN} or their external id; no sweep has read it lately. → Install events/members.yml in ${MEMBER}: docs/many-accounts.md`,
    );
    expect(swept).toContain(`did not read everything: ${MEMBER} `);
    expect(rights).toContain('missing: sts:AssumeRole (');
    expect(more).toEqual([]);
  });

  it('what may be read again is read by the next sweep; status and history tell of each', async () => {
    const status = await sweep(here());
    expect(status).toMatch(/^No sweep runs\. The newest began .* and ended as succeeded\.\n.*: everything, 6 scopes/);
    expect(await notFine(commandOf(here()))).toEqual([]);
    const past = await history(here());
    expect(past.map(({ complete, missed }) => ({ complete, missed: missed > 0 }))).toEqual([
      { complete: true, missed: false },
      { complete: false, missed: false },
      { complete: true, missed: true },
      { complete: true, missed: false },
    ]);
  });
}

/** `sweep start`, and what `sweep status` says when it has ended. */
async function sweep(bench: Bench): Promise<string> {
  const command = commandOf(bench);
  expect(await told(command, 'sweep', 'start')).toContain('A sweep of everything that is watched has started.');
  expect(await told(command, 'sweep', 'status')).toMatch(/^A sweep has been running since /);
  return until('the end of the sweep', async () => {
    const said = await told(command, 'sweep', 'status');
    return said.startsWith('No sweep runs.') && said;
  });
}

async function history(bench: Bench): Promise<Past[]> {
  return JSON.parse(await told(commandOf(bench), 'sweep', 'history', '--format', 'json')) as Past[];
}

const textsOf = ({ slack }: Stack) => slack.posts.map(({ body }) => JSON.stringify(body));

const isIn = async (stack: Stack, control: string, cluster: string, state: string) =>
  (await stack.finding(control, clusterOf(cluster)))?.state === state;
