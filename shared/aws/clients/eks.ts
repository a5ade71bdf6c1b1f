import {
  DescribeClusterCommand,
  DescribeClusterVersionsCommand,
  DescribeNodegroupCommand,
  DescribeUpdateCommand,
  EKSClient,
  ListClustersCommand,
  ListNodegroupsCommand,
  UpdateClusterConfigCommand,
} from '@aws-sdk/client-eks';

export const eks = {
  Client: EKSClient,
  reads: {
    DescribeCluster: DescribeClusterCommand,
    DescribeClusterVersions: DescribeClusterVersionsCommand,
    DescribeNodegroup: DescribeNodegroupCommand,
    DescribeUpdate: DescribeUpdateCommand,
    ListClusters: ListClustersCommand,
    ListNodegroups: ListNodegroupsCommand,
  },
  writes: { UpdateClusterConfig: UpdateClusterConfigCommand },
};
