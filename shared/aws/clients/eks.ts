import {
  DescribeClusterCommand,
  DescribeClusterVersionsCommand,
  DescribeNodegroupCommand,
  DescribeUpdateCommand,
  EKSClient,
  UpdateClusterConfigCommand,
} from '@aws-sdk/client-eks';

export const eks = {
  Client: EKSClient,
  reads: {
    DescribeCluster: DescribeClusterCommand,
    DescribeClusterVersions: DescribeClusterVersionsCommand,
    DescribeNodegroup: DescribeNodegroupCommand,
    DescribeUpdate: DescribeUpdateCommand,
  },
  writes: { UpdateClusterConfig: UpdateClusterConfigCommand },
};
