import { arnOf, iamRegionOf, type Partition, partitionOf } from '../../aws/partition.ts';
import { GLOBAL, type KindName, type Resource } from '../../resources/resource.ts';
import type { Report } from '../report.ts';

type Shape = { service: string; resource: (id: string) => string };

/** Kinds whose ARN follows from their id. A role's path and a node group's random part are not in theirs. */
const ARNS: Partial<Readonly<Record<KindName, Shape>>> = {
  cluster: { service: 'eks', resource: (id) => `cluster/${id}` },
  repository: { service: 'ecr', resource: (id) => `repository/${id}` },
  policy: { service: 'iam', resource: (id) => `policy/${id}` },
  key: { service: 'kms', resource: (id) => `key/${id}` },
  'log-group': { service: 'logs', resource: (id) => `log-group:${id}` },
  trail: { service: 'cloudtrail', resource: (id) => `trail/${id}` },
  'security-group': { service: 'ec2', resource: (id) => `security-group/${id}` },
  subnet: { service: 'ec2', resource: (id) => `subnet/${id}` },
  vpc: { service: 'ec2', resource: (id) => `vpc/${id}` },
  'launch-template': { service: 'ec2', resource: (id) => `launch-template/${id}` },
  'oidc-provider': { service: 'iam', resource: (id) => `oidc-provider/${id}` },
};

/** The ARN where it follows from what is known, else `account/region/kind/id`; unique either way. */
export function uniqueName({ account, region, kind, id }: Resource, partition: Partition): string {
  const shape = ARNS[kind];
  if (shape === undefined) return kind === 'principal' ? id : `${account}/${region}/${kind}/${id}`;
  const place = region === GLOBAL ? {} : { region };
  return arnOf({ partition, service: shape.service, account, ...place, resource: shape.resource(id) });
}

/** Partition and real region of a resource: IAM's own for what is global. The partition is that of the report's regions. */
export function placesOf({ scopes, verdicts }: Pick<Report, 'scopes' | 'verdicts'>) {
  const regions = [...scopes.map(({ region }) => region), ...verdicts.map(({ resource }) => resource.region)];
  const partition = partitionOf(regions.find((region) => region !== GLOBAL) ?? GLOBAL);
  return ({ region }: Resource): { partition: Partition; region: string } => ({
    partition,
    region: region === GLOBAL ? iamRegionOf(partition) : region,
  });
}
