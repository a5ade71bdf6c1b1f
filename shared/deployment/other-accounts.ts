import type { Deployment } from './deployment.ts';
import { watchedRegions } from './watched-regions.ts';

export interface Others {
  deployment: Deployment;
  /** The hub's own account. */
  account: string;
  /** Registered in the baseline, the hub's left out. */
  others: readonly string[];
  hubBus: string;
  /** Where the templates were written. */
  templates: { members: string; collector: string };
}

/** What is to be run in each other account, with the credentials of that account: its roles once, a collector in each region. */
export function otherAccountsText({ deployment, account, others, hubBus, templates }: Others): string[] {
  if (others.length === 0) return [];
  const { name, rolePath, permissionsBoundary, externalId = 'A-WORD-OF-YOUR-OWN' } = deployment;
  const path = rolePath === '/' ? [] : [`RolePath=${rolePath}`];
  // A boundary is a policy of the hub's account; another account may have its own.
  const bounded = permissionsBoundary === undefined ? [] : ['PermissionsBoundary=ARN-OF-A-POLICY-THERE'];
  const roles = [`HubAccount=${account}`, `HubName=${name}`, `ExternalId=${externalId}`, ...path, ...bounded];
  const collector = [`HubBus=${hubBus}`, ...path, ...bounded];
  return [
    `Other accounts (${others.join(', ')}): run this in each, once. For a whole organisation: docs/many-accounts.md`,
    '  aws cloudformation deploy --capabilities CAPABILITY_NAMED_IAM \\',
    `    --stack-name ${name}-roles --template-file ${templates.members} \\`,
    `    --parameter-overrides ${roles.join(' ')}`,
    `  for region in ${watchedRegions(deployment).join(' ')}; do`,
    '    aws cloudformation deploy --region "$region" --capabilities CAPABILITY_IAM \\',
    `      --stack-name ${name}-collector --template-file ${templates.collector} \\`,
    `      --parameter-overrides ${collector.join(' ')}`,
    '  done',
  ];
}
