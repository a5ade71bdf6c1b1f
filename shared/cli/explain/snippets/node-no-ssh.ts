import { eksctlFile } from './files.ts';
import {
  nodegroupInCloudFormation,
  nodegroupInTerraform,
  replacedByCli,
  replacedInConsole,
  successor,
} from './node-group-files.ts';
import { rulesOf } from './rules.ts';
import { hasReason, type Place, type Snippets } from './snippet.ts';

const groups = ({ said }: Place) => [
  ...new Set(said.filter(({ reason }) => reason === 'openPort').map(({ data }) => String(data.group))),
];
const hasKey = (place: Place) =>
  hasReason(place, 'openKey', 'key', 'templateKey', 'adminContainer') || groups(place).length === 0;

export const nodeNoSsh: Snippets = {
  cli: (place) => [
    ...groups(place).flatMap((group) => rulesOf(group, place.resource.region)),
    ...(hasKey(place) ? replacedByCli(place, {}) : []),
  ],
  console: (place) => [
    ...groups(place).map(
      (group) => `In EC2, Security Groups, ${group}, edit the inbound rules: take out ports 22 and 3389.`,
    ),
    ...(hasKey(place) ? replacedInConsole(place, 'the same role and subnets, without remote access and a key.') : []),
  ],
  terraform: (place) =>
    `# Without remote_access, and a launch template without key_name.\n${nodegroupInTerraform(place, {})}`,
  cloudformation: (place) =>
    `# Without RemoteAccess, and a launch template without KeyName.\n${nodegroupInCloudFormation(place, {})}`,
  eksctl: (place) => eksctlFile(place, { managedNodeGroups: [{ name: successor(place), ssh: { allow: false } }] }),
};
