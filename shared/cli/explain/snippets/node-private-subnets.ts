import { eksctlFile } from './files.ts';
import {
  nodegroupInCloudFormation,
  nodegroupInTerraform,
  replacedByCli,
  replacedInConsole,
  successor,
} from './node-group-files.ts';
import type { Snippets } from './snippet.ts';

const SUBNETS = ['PRIVATE_SUBNET_ID', 'OTHER_PRIVATE_SUBNET_ID'];

export const nodePrivateSubnets: Snippets = {
  cli: (place) => replacedByCli(place, { subnets: SUBNETS }),
  console: (place) => replacedInConsole(place, 'the same role, in subnets whose routes lead to no internet gateway.'),
  terraform: (place) => nodegroupInTerraform(place, { subnet_ids: SUBNETS }),
  cloudformation: (place) => nodegroupInCloudFormation(place, { Subnets: SUBNETS }),
  eksctl: (place) => eksctlFile(place, { managedNodeGroups: [{ name: successor(place), privateNetworking: true }] }),
};
