import { accountRegion } from './account-region.ts';
import { cluster } from './cluster.ts';
import { image } from './image.ts';
import { key } from './key.ts';
import type { AnyKind } from './kind.ts';
import { launchTemplate } from './launch-template.ts';
import { logGroup } from './log-group.ts';
import { nodegroup } from './nodegroup.ts';
import { oidcProvider } from './oidc-provider.ts';
import { policy } from './policy.ts';
import { prefixList } from './prefix-list.ts';
import { principal } from './principal.ts';
import { repository } from './repository.ts';
import type { KindName } from './resource.ts';
import { role } from './role.ts';
import { routeTable } from './route-table.ts';
import { securityGroup } from './security-group.ts';
import { subnet } from './subnet.ts';
import { trail } from './trail.ts';
import { vpc } from './vpc.ts';

/** Every kind under its name: a name without its kind does not compile. */
const BY_NAME: Readonly<Record<KindName, AnyKind>> = {
  'account-region': accountRegion,
  cluster,
  image,
  key,
  'launch-template': launchTemplate,
  'log-group': logGroup,
  nodegroup,
  'oidc-provider': oidcProvider,
  policy,
  'prefix-list': prefixList,
  principal,
  repository,
  role,
  'route-table': routeTable,
  'security-group': securityGroup,
  subnet,
  trail,
  vpc,
};

/** In the order of their names. */
export const KINDS: readonly AnyKind[] = Object.values(BY_NAME);

export function kindOf(name: KindName): AnyKind {
  if (!Object.hasOwn(BY_NAME, name)) throw new TypeError(`There is no kind ${name}.`);
  return BY_NAME[name];
}
