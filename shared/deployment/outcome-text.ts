import type { Collected } from './collectors.ts';
import type { Deployment } from './deployment.ts';
import type { Reach } from './watched-regions.ts';

export interface Outcome {
  deployment: Deployment;
  account: string;
  hub: 'created' | 'updated' | 'unchanged';
  resources: number;
  /** The kept table that was taken back. */
  table: string | undefined;
  collectors: readonly Collected[];
  reach: Reach;
  /** Whether the mail subscription was confirmed; undefined where that could not be seen. */
  mailConfirmed: boolean | undefined;
  swept: boolean;
  others: readonly string[];
}

/** What a deployment came to, for whoever ran it. */
export function outcomeText(outcome: Outcome): string[] {
  const { deployment, account, hub, resources, collectors, others } = outcome;
  const { name, region } = deployment;
  const isSame = hub === 'unchanged' && collectors.every((each) => each.outcome === 'unchanged') && !outcome.swept;
  return [
    ...(isSame ? ['Nothing had changed, and nothing was done.'] : []),
    `Hub: stack ${name} in ${region}, account ${account}: ${hub}, ${resources} resources.`,
    ...(outcome.table === undefined ? [] : [`Table: ${outcome.table} was taken back.`]),
    ...collectors.map((each) => `Collector: stack ${name}-collector in ${each.region}: ${each.outcome}.`),
    ...reachText(outcome.reach),
    `Slack: ${deployment.slackSecret === undefined ? 'not set up (slackSecret in deploy.yml).' : 'as the secret says.'}`,
    mailText(deployment.email, outcome.mailConfirmed),
    sweepText(outcome),
    ...others,
    'Next: npx eks-warden doctor, then npx eks-warden notify --test',
  ];
}

function reachText({ watched, blind }: Reach): string[] {
  const seen = `Watched: ${watched.join(', ')}.`;
  if (blind.length === 0) return [`${seen} No other region is enabled.`];
  return [seen, `Blind: ${blind.join(', ')}. Add those where clusters may run to regions in deploy.yml.`];
}

function mailText(email: string, confirmed: boolean | undefined): string {
  if (confirmed === true) return `Mail: ${email} is confirmed.`;
  const how = 'confirm the subscription in the message from AWS Notifications; until then nothing is mailed';
  return confirmed === false
    ? `Mail: ${email} has still to ${how}.`
    : `Mail: whether ${email} is confirmed could not be seen; if it is not, ${how}.`;
}

function sweepText({ swept, deployment }: Outcome): string {
  if (swept)
    return 'Sweep: started. The first one of an account and region makes one summary; after that only changes are told.';
  const { at, timeZone } = deployment.sweep;
  return `Sweep: none started, what is looked for is the same; the next is at ${at} ${timeZone}.`;
}
