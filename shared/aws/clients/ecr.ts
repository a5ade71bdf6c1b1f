import {
  DeleteRepositoryPolicyCommand,
  DescribeImageScanFindingsCommand,
  DescribeImagesCommand,
  DescribeRepositoriesCommand,
  ECRClient,
  GetRepositoryPolicyCommand,
  SetRepositoryPolicyCommand,
} from '@aws-sdk/client-ecr';

export const ecr = {
  Client: ECRClient,
  reads: {
    DescribeImages: DescribeImagesCommand,
    DescribeImageScanFindings: DescribeImageScanFindingsCommand,
    DescribeRepositories: DescribeRepositoriesCommand,
    GetRepositoryPolicy: GetRepositoryPolicyCommand,
  },
  writes: { DeleteRepositoryPolicy: DeleteRepositoryPolicyCommand, SetRepositoryPolicy: SetRepositoryPolicyCommand },
};
