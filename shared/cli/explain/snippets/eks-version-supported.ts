import { clusterInCloudFormation, clusterInTerraform, clusterPage, eksctlFile } from './files.ts';
import { aws } from './shell.ts';
import { type Place, type Snippets, told } from './snippet.ts';

/** One minor version further: EKS takes no other step. */
function next(place: Place): string {
  const [, major, minor] = /^(\d+)\.(\d+)$/.exec(told(place, 'version') ?? '') ?? [];
  return minor === undefined ? 'NEXT_VERSION' : `${major}.${Number(minor) + 1}`;
}

/** Only AWS changes the version of the platform. */
const isOnlyPlatform = ({ said }: Place) => said.length > 0 && said.every(({ reason }) => reason === 'platformBehind');

export const eksVersionSupported: Snippets = {
  cli(place) {
    const { cluster, resource } = place;
    const { region } = resource;
    if (isOnlyPlatform(place)) {
      return [
        '# EKS brings platform versions to clusters by itself, within weeks. What it has now:',
        aws('eks describe-cluster', { name: cluster, query: 'cluster.platformVersion', output: 'text', region }),
      ];
    }
    const filter = { categories: ['UPGRADE_READINESS'] };
    return [
      '# All of these must pass first:',
      aws('eks list-insights', { clusterName: cluster, filter, region }),
      '# One minor version at a time; then the nodes and the add-ons. There is no way back:',
      aws('eks update-cluster-version', { name: cluster, kubernetesVersion: next(place), region }),
    ];
  },
  console: (place) => [
    `Open ${clusterPage(place)} and its tab Upgrade insights (under Observability), and settle what does not pass.`,
    `Choose Upgrade version, take ${next(place)}, and confirm; then upgrade the node groups and the add-ons.`,
  ],
  terraform: (place) => clusterInTerraform(place, { version: next(place) }),
  cloudformation: (place) => clusterInCloudFormation(place, { Version: next(place) }),
  eksctl: (place) => eksctlFile(place, {}, { version: next(place) }),
};
