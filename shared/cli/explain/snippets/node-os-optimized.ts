import { eksctlFile } from './files.ts';
import {
  nodegroupInCloudFormation,
  nodegroupInTerraform,
  replacedByCli,
  replacedInConsole,
  successor,
} from './node-group-files.ts';
import { hasReason, type Place, type Snippets } from './snippet.ts';

/** Pods of Windows stay on Windows. */
const isWindows = (place: Place) => hasReason(place, 'oldWindows');
const ami = (place: Place) => (isWindows(place) ? 'WINDOWS_CORE_2022_x86_64' : 'BOTTLEROCKET_x86_64');
const family = (place: Place) => (isWindows(place) ? 'WindowsServer2022CoreContainer' : 'Bottlerocket');

export const nodeOsOptimized: Snippets = {
  cli: (place) => replacedByCli(place, { amiType: ami(place) }),
  console: (place) =>
    replacedInConsole(
      place,
      `the same role and subnets, with ${isWindows(place) ? 'an AMI type of Windows Server 2022' : 'a Bottlerocket or AL2023 AMI type'}.`,
    ),
  terraform: (place) => nodegroupInTerraform(place, { ami_type: ami(place) }),
  cloudformation: (place) => nodegroupInCloudFormation(place, { AmiType: ami(place) }),
  eksctl: (place) => eksctlFile(place, { managedNodeGroups: [{ name: successor(place), amiFamily: family(place) }] }),
};
