import { type Account, merge, namesOf } from './cloud/audited/index.ts';
import { anEstate } from './estate.ts';

/** An account with something of every kind, much of it wrong. */
export function aWrongAccount(account: string, region: string): Account {
  const names = namesOf(account, region);
  const open = {
    IpProtocol: 'tcp',
    FromPort: 22,
    ToPort: 22,
    IpRanges: [{ CidrIp: '0.0.0.0/0' }],
    Ipv6Ranges: [],
    UserIdGroupPairs: [],
    PrefixListIds: [],
  };
  const everything = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'eks:*', Resource: '*' }] };
  return merge(anEstate(account, region), {
    regions: {
      [region]: {
        clusters: {
          [names.cluster]: {
            logging: { clusterLogging: [] },
            resourcesVpcConfig: { publicAccessCidrs: ['0.0.0.0/0'], endpointPublicAccess: true },
          },
        },
        securityGroups: { [names.nodeGroupSecurity]: { IpPermissions: [open] } },
        repositories: { [names.repository]: { imageTagMutability: 'MUTABLE' } },
        logGroups: { [names.logGroup]: { retentionInDays: null } },
        trailStatus: { [names.trail]: { IsLogging: false } },
      },
    },
    iam: {
      policyVersions: { [names.appPolicy]: { v1: everything } },
      inlinePolicies: { [names.nodeRole]: { everything } },
    },
  });
}
