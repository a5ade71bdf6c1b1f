import { ListExecutionsCommand } from '@aws-sdk/client-sfn';
import { PutParameterCommand } from '@aws-sdk/client-ssm';
import { deploy, slackSecret } from './deploying.ts';
import { addClusters } from './estate.ts';
import { report } from './figures.ts';
import type { Wishes } from './files.ts';
import { deployMemberCollectors, deployMemberRoles } from './members.ts';
import { MOST } from './most.ts';
import { OWN, REGION } from './place.ts';
import { venvOf } from './python.ts';
import type { Ran } from './serverless.ts';
import { type Stack, startStack, until } from './stack.ts';

/** One deployment, and what is around it. */
export interface Bench {
  stack: Stack;
  wishes: Wishes;
  /** What the first deployment said. */
  first: Ran;
}

/** The control that may be fixed here. */
export const FIXED = 'eks-control-plane-logging';

/** Clusters that had their fault before anybody looked. */
export const OLD = Array.from({ length: 30 }, (_, at) => `old-${at + 10}`);

/** From nothing running to a deployment that lives. */
export async function setUp(): Promise<Bench> {
  const silent = () => {};
  const began = Date.now();
  const stack = await startStack({ ministack: venvOf('ministack', silent), moto: venvOf('moto', silent) });
  try {
    const wishes = { slackSecret: await slackSecret(stack), modes: { [FIXED]: 'remediate' } };
    addClusters(stack.audited.cloud, OLD, { deletionProtection: false });
    const ready = Date.now();
    await deployMemberRoles(stack.emulator.url, wishes);
    const members = Date.now() - ready;
    const first = await deploy(stack, wishes);
    report('npm run deploy, from nothing running (s)', (Date.now() - began - members) / 1000, MOST.firstDeploy);
    const hubBus = `arn:aws:events:${REGION}:${OWN}:event-bus/${stack.deployed.nameOf('EventsBus')}`;
    await deployMemberCollectors(stack.emulator.url, wishes, hubBus);
    await letFixesRun(stack);
    await untilSwept(stack);
    return { stack, wishes, first };
  } catch (error) {
    await stack[Symbol.asyncDispose]();
    throw error;
  }
}

export async function tearDown({ stack }: Bench): Promise<void> {
  await stack[Symbol.asyncDispose]();
}

/** The kill switch is made switched off. */
async function letFixesRun({ clients, deployed }: Stack): Promise<void> {
  const Name = deployed.nameOf('KillSwitch');
  await clients.ssm.send(new PutParameterCommand({ Name, Value: 'on', Overwrite: true, Type: 'String' }));
}

/** Waits until every queue of the pipeline is empty, delayed messages left out. */
export async function untilQuiet({ messages }: Stack, seconds = 150): Promise<void> {
  await until(
    'empty queues',
    async () => {
      const all = await Promise.all(['ChangesQueue', 'RechecksQueue', 'SlackQueue'].map(messages));
      return all.every(({ waiting, inFlight }) => waiting + inFlight === 0);
    },
    seconds,
  );
}

/** Every sweep so far has ended. */
async function untilSwept(stack: Stack): Promise<void> {
  const stateMachineArn = stack.deployed.nameOf('SweepMachine');
  await until(
    'the end of every sweep',
    async () => {
      const { executions = [] } = await stack.clients.sfn.send(new ListExecutionsCommand({ stateMachineArn }));
      return executions.length > 0 && executions.every(({ status }) => status !== 'RUNNING');
    },
    120,
  );
}
