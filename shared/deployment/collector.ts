import type { Deployment } from './deployment.ts';

/** The stack of a collector in our own account, beside the hub's own. */
export function collectorStack({ name }: Pick<Deployment, 'name'>): string {
  return `${name}-collector`;
}

/**
 * What the collector of another region is given. The deployment's key is one of the hub's region, which a queue elsewhere
 * cannot use; a permissions boundary holds in every region.
 */
export function collectorParameters(
  { rolePath, permissionsBoundary }: Pick<Deployment, 'rolePath'> & Partial<Pick<Deployment, 'permissionsBoundary'>>,
  hubBus: string,
): Record<string, string> {
  return {
    HubBus: hubBus,
    RolePath: rolePath,
    ...(permissionsBoundary === undefined ? {} : { PermissionsBoundary: permissionsBoundary }),
  };
}
