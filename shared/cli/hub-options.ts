import { type Command, Option } from 'commander';

/** How a person says which deployment is meant, and with which credentials. */
export interface Which {
  stack?: string;
  hubRegion?: string;
  profile?: string;
  roleArn?: string;
}

/** The options by which every command after deployment finds the hub. */
export function withHubOptions(command: Command): Command {
  return command
    .addOption(new Option('--stack <name>', "the hub's stack (default: `name` of deploy.yml)"))
    .addOption(new Option('--hub-region <region>', "the hub's region (default: `region` of deploy.yml)"))
    .addOption(new Option('--profile <name>', 'a profile of your AWS configuration'))
    .addOption(new Option('--role-arn <arn>', 'a role to take on first'));
}
