import { eksctlFile } from './files.ts';
import {
  nodegroupInCloudFormation,
  nodegroupInTerraform,
  replacedByCli,
  replacedInConsole,
  successor,
} from './node-group-files.ts';
import type { Snippets } from './snippet.ts';

const AMI = 'BOTTLEROCKET_x86_64';

export const nodeOsOptimized: Snippets = {
  cli: (place) => replacedByCli(place, { amiType: AMI }),
  console: (place) => replacedInConsole(place, 'the same role and subnets, with a Bottlerocket or AL2023 AMI type.'),
  terraform: (place) => nodegroupInTerraform(place, { ami_type: AMI }),
  cloudformation: (place) => nodegroupInCloudFormation(place, { AmiType: AMI }),
  eksctl: (place) => eksctlFile(place, { managedNodeGroups: [{ name: successor(place), amiFamily: 'Bottlerocket' }] }),
};
