import {
  DescribeImagesCommand,
  DescribeLaunchTemplateVersionsCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcAttributeCommand,
  DescribeVpcsCommand,
  EC2Client,
  GetManagedPrefixListEntriesCommand,
} from '@aws-sdk/client-ec2';

export const ec2 = {
  Client: EC2Client,
  reads: {
    DescribeImages: DescribeImagesCommand,
    DescribeLaunchTemplateVersions: DescribeLaunchTemplateVersionsCommand,
    DescribeRouteTables: DescribeRouteTablesCommand,
    DescribeSecurityGroups: DescribeSecurityGroupsCommand,
    DescribeSubnets: DescribeSubnetsCommand,
    DescribeVpcAttribute: DescribeVpcAttributeCommand,
    DescribeVpcs: DescribeVpcsCommand,
    GetManagedPrefixListEntries: GetManagedPrefixListEntriesCommand,
  },
  writes: {},
};
