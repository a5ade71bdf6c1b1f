import { executionsOf, startExecution } from '../../aws/operator/executions.ts';
import { needed } from '../../aws/operator/session.ts';
import { didYouMean } from '../../baseline/suggest.ts';
import { UserMistake } from '../../runtime/errors.ts';
import { type Hub, hubOf, ownId } from '../hub.ts';
import { scopesOf, watchedAccounts } from '../watched.ts';
import type { SweepOptions } from './command.ts';

const MACHINE_GONE = 'The state machine of the sweep is gone: deploy again (npm run deploy).';

/** Starts a sweep unless one runs; returns what to tell. */
export async function startSweep(options: SweepOptions, baselineFile: string | undefined): Promise<string> {
  const hub = await hubOf(options);
  const machine = ownId(hub, 'SweepMachine');
  const input = await inputOf(hub, options, baselineFile);
  const [running] = needed(await executionsOf(hub.session, machine, { running: true, most: 1 }), MACHINE_GONE);
  if (running !== undefined) {
    throw new UserMistake(
      `A sweep has been running since ${utc(running.startedAt)}: wait until it has ended (npx eks-warden sweep status).`,
    );
  }
  needed(await startExecution(hub.session, machine, input), MACHINE_GONE);
  const what = 'scope' in input ? `${input.scope.account} ${input.scope.region}` : 'everything that is watched';
  return [
    `A sweep of ${what} has started.`,
    'It reads and judges; it changes nothing in AWS. Findings and notices come as it goes, and a summary at its end.',
    'Where it is: npx eks-warden sweep status',
  ].join('\n');
}

/** What the state machine is started with: all scopes, or one that is watched. */
async function inputOf(
  hub: Hub,
  { account, region }: SweepOptions,
  baselineFile: string | undefined,
): Promise<{ scope: { account: string; region: string } } | Record<string, never>> {
  if (account === undefined && region === undefined) return {};
  const accounts = await watchedAccounts(hub, baselineFile);
  const regions = scopesOf(hub);
  const only = account ?? (accounts.length === 1 ? accounts[0] : undefined);
  if (only === undefined) throw new UserMistake(`Which account? Several are watched: name one with --account.`);
  if (!accounts.includes(only)) {
    throw new UserMistake(`Account ${only} is not watched: add it to \`accounts\` in baseline.yml and deploy.`);
  }
  if (region === undefined)
    throw new UserMistake(`Which region of ${only}? Name one with --region: ${regions.join(', ')}.`);
  if (!regions.includes(region)) {
    throw new UserMistake(
      `${JSON.stringify(region)} is not watched.${didYouMean(region, regions)} These are: ${regions.join(', ')}.`,
    );
  }
  return { scope: { account: only, region } };
}

export function utc(time: number): string {
  return `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
