import { DeleteStackCommand } from '@aws-sdk/client-cloudformation';
import { DescribeRuleCommand } from '@aws-sdk/client-eventbridge';
import { expect, it } from 'vitest';
import type { Bench } from '../bench.ts';
import { clientsOf } from '../clients.ts';
import { commandOf } from '../command.ts';
import { deploy, remove } from '../deploying.ts';
import { DEPLOY } from '../doctor/break.ts';
import { clusterOf } from '../estate.ts';
import { report } from '../figures.ts';
import { IAM_REGION, OWN } from '../place.ts';
import { type Stack, until } from '../stack.ts';
import { notFine } from './doctor.ts';

/** The only control that is about trails. */
const TRAILS = 'trail-enabled';
const COLLECTOR = 'eks-warden-collector';

/** What changes a deployment: these come last. */
export function lastScenarios(here: () => Bench): void {
  it('deploying again what is deployed changes nothing', async () => {
    const { stack, wishes } = here();
    const before = stack.deployed.resources;
    const { output, milliseconds } = await deploy(stack, wishes);
    report('npm run deploy again, no change (s)', milliseconds / 1000);
    expect(output).toMatch(/unchanged/);
    expect(stack.deployed.resources).toEqual(before);
  });

  it('doctor: a collector that is gone is named; deploying again, as it says, makes it anew', async () => {
    const { stack } = here();
    const { cloudFormation } = clientsOf(stack.emulator.url, OWN, IAM_REGION);
    await cloudFormation.send(new DeleteStackCommand({ StackName: COLLECTOR }));
    const lines = () => notFine(commandOf(here()));
    await until('what doctor says', async () => (await lines()).length > 0);
    // AWS knows no such stack then; the emulator still lists it, without anything in it.
    const why = 'the stack has none, so nothing that changes there is seen.';
    expect(await lines()).toEqual([`wrong Rules in ${IAM_REGION}: ${why} → ${DEPLOY}`]);
  });

  it('a control that is taken out of the baseline takes its triggers and rights with it', async () => {
    const { stack, wishes } = here();
    expect(await trailsIn(stack)).toEqual({ rules: true, rights: true });
    const { milliseconds } = await deploy(stack, { ...wishes, modes: { [TRAILS]: undefined } });
    report('npm run deploy of a change (s)', milliseconds / 1000);
    expect(await trailsIn(stack)).toEqual({ rules: false, rights: false });
  });

  it('doctor: a baseline that allows fixes, where no remediator is deployed, is named', async () => {
    const why = 'the baseline allows fixes, and what is deployed has no remediator.';
    expect(await notFine(commandOf(here()))).toEqual([`wrong Fixing: ${why} → ${DEPLOY}`]);
  });

  it('removing leaves what it lists, and deploying again takes the kept table back', async () => {
    const { stack, wishes } = here();
    const table = stack.deployed.nameOf('FindingsTable');
    const known = await stack.finding('eks-deletion-protection', clusterOf('old-10'));
    const { output, milliseconds } = await remove(stack, wishes);
    report('npm run deploy -- --remove (s)', milliseconds / 1000);
    const stays = [...output.matchAll(/^Stays: (\S+) (\S+)$/gm)].map(([, type, name]) => `${type} ${name}`);
    expect(stays).toContain(`AWS::DynamoDB::Table ${table}`);
    expect((await stack.look()).resources).toEqual([]);
    await deploy(stack, wishes);
    expect(stack.deployed.nameOf('FindingsTable')).toBe(table);
    expect(await stack.finding('eks-deletion-protection', clusterOf('old-10'))).toMatchObject({ since: known?.since });
  });
}

/** Whether a rule waits for changes of trails, and whether the evaluator may read them. */
async function trailsIn({ deployed, clients }: Stack): Promise<{ rules: boolean; rights: boolean }> {
  const rules = deployed.resources.filter(({ type }) => type === 'AWS::Events::Rule');
  const bus = deployed.nameOf('EventsBus');
  const patterns = await Promise.all(
    rules.map(async ({ id, name }) => {
      const EventBusName = id.startsWith('Collected') ? bus : 'default';
      const { EventPattern = '' } = await clients.events.send(new DescribeRuleCommand({ Name: name, EventBusName }));
      return EventPattern;
    }),
  );
  const evaluator = [...deployed.principals.values()].find(({ session }) => session.endsWith('evaluate-resource'));
  const may = deployed.rights.get(evaluator?.role ?? '');
  return {
    rules: patterns.some((pattern) => pattern.includes('StopLogging')),
    rights: may?.('cloudtrail:GetTrailStatus') === true,
  };
}
