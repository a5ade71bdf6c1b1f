import { stringify } from 'yaml';
import { consoleHostOf, partitionOf } from '../../../aws/partition.ts';
import { type Attribute, resource } from './hcl.ts';
import type { Place } from './snippet.ts';

const LAYOUT = { lineWidth: 0, version: '1.1' } as const;
/** Ends of lines to those who read YAML 1.1, but not to the library. */
const LINE_ENDS: Readonly<Record<string, string>> = { '\u0085': '\\N', '\u2028': '\\L', '\u2029': '\\P' };
const LINE_END = /[\u0085\u2028\u2029]/g;

/** The library writes each text so that it is read again as that text. */
function yaml(value: unknown): string {
  const text = stringify(value, { ...LAYOUT, defaultStringType: 'PLAIN' });
  if (text.search(LINE_END) < 0) return text;
  const quoted = stringify(value, { ...LAYOUT, defaultStringType: 'QUOTE_DOUBLE' });
  return quoted.replace(LINE_END, (end) => LINE_ENDS[end] ?? end);
}

/** A template with this resource of CloudFormation. */
export function cloudFormation(name: string, type: string, properties: object): string {
  return yaml({ Resources: { [name]: { Type: `AWS::${type}`, Properties: properties } } });
}

/** A file of eksctl for the cluster of a finding. */
export function eksctlFile({ cluster, resource: { region } }: Place, rest: object, metadata: object = {}): string {
  return yaml({
    apiVersion: 'eksctl.io/v1alpha5',
    kind: 'ClusterConfig',
    metadata: { name: cluster, region, ...metadata },
    ...rest,
  });
}

/** The cluster of a finding in Terraform, with what is to change. */
export function clusterInTerraform({ cluster }: Place, change: Readonly<Record<string, Attribute>>): string {
  return resource('aws_eks_cluster', cluster, { name: cluster, ...change });
}

export function clusterInCloudFormation({ cluster }: Place, change: object): string {
  return cloudFormation('Cluster', 'EKS::Cluster', { Name: cluster, ...change });
}

/** The page of a cluster in the console of its partition. */
export function clusterPage({ cluster, resource: { region } }: Place): string {
  const host = consoleHostOf(partitionOf(region));
  return `https://${host}/eks/home?region=${encodeURIComponent(region)}#/clusters/${encodeURIComponent(cluster)}`;
}

/** A node group's id is `cluster/node group`. */
export function nodegroupOf({ resource: { id } }: Place): string {
  return id.slice(id.indexOf('/') + 1);
}
