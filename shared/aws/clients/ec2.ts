import {
  DescribeImagesCommand,
  DescribeLaunchTemplateVersionsCommand,
  DescribeRegionsCommand,
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
    DescribeRegions: DescribeRegionsCommand,
    DescribeRouteTables: DescribeRouteTablesCommand,
    DescribeSecurityGroups: DescribeSecurityGroupsCommand,
    DescribeSubnets: DescribeSubnetsCommand,
    DescribeVpcAttribute: DescribeVpcAttributeCommand,
    DescribeVpcs: DescribeVpcsCommand,
    GetManagedPrefixListEntries: GetManagedPrefixListEntriesCommand,
  },
  writes: {},
};
