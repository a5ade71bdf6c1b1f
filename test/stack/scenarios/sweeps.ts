import { DescribeExecutionCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { expect, it } from 'vitest';
import { type Bench, OLD } from '../bench.ts';
import { addClusters, clusterOf, removeCluster } from '../estate.ts';
import { type Stack, until } from '../stack.ts';
import { anEventAbout } from './events.ts';

const PROTECTION = 'eks-deletion-protection';

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

/** What events did not tell. */
export function sweepScenarios(here: () => Bench): void {
  it('what changed while events were lost is found by the sweep, and what was deleted is closed', async () => {
    const { stack } = here();
    const { cloud } = stack.audited;
    addClusters(cloud, ['deleted-unseen'], { deletionProtection: false });
    await stack.put(anEventAbout('deleted-unseen'));
    await until(
      'the finding of what will be deleted',
      async () => (await stack.finding(PROTECTION, clusterOf('deleted-unseen')))?.state === 'open',
    );
    addClusters(cloud, ['changed-unseen']);
    await stack.put(anEventAbout('changed-unseen'));
    await until(
      'the cluster in order that will be changed',
      async () => (await stack.finding(PROTECTION, clusterOf('changed-unseen')))?.state === 'closed',
    );
    removeCluster(cloud, 'deleted-unseen');
    addClusters(cloud, ['changed-unseen'], { deletionProtection: false });
    const { executionArn } = await stack.clients.sfn.send(
      new StartExecutionCommand({ stateMachineArn: stack.deployed.nameOf('SweepMachine'), input: '{}' }),
    );
    await until('the end of the sweep', () => hasEnded(stack, executionArn), 180);
    const deleted = await stack.finding(PROTECTION, clusterOf('deleted-unseen'));
    const changed = await stack.finding(PROTECTION, clusterOf('changed-unseen'));
    expect([deleted?.state, deleted?.closedBecause, changed?.state]).toEqual(['closed', 'deleted', 'open']);
  });
}

const textsOf = ({ slack }: Stack) => slack.posts.map(({ body }) => JSON.stringify(body));

async function hasEnded({ clients }: Stack, executionArn: string | undefined): Promise<boolean> {
  const { status, cause } = await clients.sfn.send(new DescribeExecutionCommand({ executionArn }));
  if (status !== undefined && !['RUNNING', 'SUCCEEDED'].includes(status))
    throw new Error(`The sweep ${status}: ${cause}`);
  return status === 'SUCCEEDED';
}
