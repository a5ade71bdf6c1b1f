import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVpcCommand,
  EC2Client,
  ModifyVpcAttributeCommand,
} from '@aws-sdk/client-ec2';
import { CreateRepositoryCommand, ECRClient } from '@aws-sdk/client-ecr';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { CreateKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { type AuditedServices, namesOf } from '../support/cloud/audited/index.ts';
import { MEMBER, REGION } from './place.ts';

const NAMES = namesOf(MEMBER, REGION);

/** What moto made for the other account: its ids are its own. */
export interface MotoAccount {
  group: string;
  ec2: EC2Client;
}

/** Services that moto answers for the other account. Its EKS is thin, and a trail needs a bucket in it: those stay ours. */
export const MOTO: readonly string[] = ['ec2', 'ecr', 'iam', 'kms', 'logs'];

/** Fills the other account in moto through the SDK, and puts its cluster into the EKS of ours amid what moto made. */
export async function fillMoto(wire: string, cloud: AuditedServices): Promise<MotoAccount> {
  const settings = {
    endpoint: wire,
    region: REGION,
    credentials: { accessKeyId: MEMBER, secretAccessKey: 'test' },
  };
  const ec2 = new EC2Client(settings);
  const network = await makeNetwork(ec2);
  const role = await makeRole(new IAMClient(settings));
  const { KeyMetadata } = await new KMSClient(settings).send(
    new CreateKeyCommand({ Description: 'Secrets of payments' }),
  );
  await makeRest(settings);
  putCluster(cloud, { ...network, role, key: KeyMetadata?.Arn ?? '' });
  return { group: network.group, ec2 };
}

interface Made {
  vpc: string;
  subnets: string[];
  group: string;
  role: string;
  key: string;
}

async function makeNetwork(ec2: EC2Client): Promise<Pick<Made, 'vpc' | 'subnets' | 'group'>> {
  const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.30.0.0/16' }));
  const VpcId = Vpc?.VpcId ?? '';
  await ec2.send(new ModifyVpcAttributeCommand({ VpcId, EnableDnsHostnames: { Value: true } }));
  const zones = [`${REGION}a`, `${REGION}b`];
  const made = zones.map(async (AvailabilityZone, at) => {
    const CidrBlock = `10.30.${at * 16}.0/20`;
    const { Subnet } = await ec2.send(new CreateSubnetCommand({ VpcId, AvailabilityZone, CidrBlock }));
    return Subnet?.SubnetId ?? '';
  });
  const subnets = await Promise.all(made);
  const group = { VpcId, GroupName: 'eks-cluster-sg-payments', Description: 'EKS created security group' };
  const { GroupId = '' } = await ec2.send(new CreateSecurityGroupCommand(group));
  return { vpc: VpcId, subnets, group: GroupId };
}

async function makeRole(iam: IAMClient): Promise<string> {
  const document = (Statement: object) => JSON.stringify({ Version: '2012-10-17', Statement: [Statement] });
  const AssumeRolePolicyDocument = document({
    Effect: 'Allow',
    Principal: { Service: 'eks.amazonaws.com' },
    Action: 'sts:AssumeRole',
  });
  const { Role } = await iam.send(new CreateRoleCommand({ RoleName: NAMES.clusterRole, AssumeRolePolicyDocument }));
  const PolicyDocument = document({ Effect: 'Allow', Action: ['ec2:DescribeSubnets'], Resource: '*' });
  await iam.send(new PutRolePolicyCommand({ RoleName: NAMES.clusterRole, PolicyName: 'network', PolicyDocument }));
  return Role?.Arn ?? '';
}

async function makeRest(settings: ConstructorParameters<typeof ECRClient>[0] & object): Promise<void> {
  const ecr = new ECRClient(settings);
  const logs = new CloudWatchLogsClient(settings);
  await ecr.send(new CreateRepositoryCommand({ repositoryName: NAMES.repository, imageTagMutability: 'IMMUTABLE' }));
  await logs.send(new CreateLogGroupCommand({ logGroupName: NAMES.logGroup }));
  await logs.send(new PutRetentionPolicyCommand({ logGroupName: NAMES.logGroup, retentionInDays: 400 }));
}

/** The healthy cluster in moto's network; nothing else of our own account document stands beside it. */
function putCluster(cloud: AuditedServices, { vpc, subnets, group, role, key }: Made): void {
  const here = cloud.account(MEMBER).regions[REGION];
  const cluster = here?.clusters?.[NAMES.cluster];
  if (!here || !cluster) throw new Error('The other account has no cluster.');
  const resourcesVpcConfig = {
    ...cluster.resourcesVpcConfig,
    vpcId: vpc,
    subnetIds: subnets,
    clusterSecurityGroupId: group,
  };
  const encryptionConfig = [{ resources: ['secrets'], provider: { keyArn: key } }];
  cloud.put(MEMBER, {
    regions: {
      [REGION]: {
        clusters: { [NAMES.cluster]: { ...cluster, roleArn: role, resourcesVpcConfig, encryptionConfig } },
        clusterVersions: here.clusterVersions ?? {},
        trails: here.trails ?? {},
        trailStatus: here.trailStatus ?? {},
        eventSelectors: here.eventSelectors ?? {},
      },
    },
    iam: {},
  });
}

/** Opens a security group of that account, in moto. */
export async function openGroup({ ec2, group }: MotoAccount): Promise<void> {
  const IpPermissions = [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];
  await ec2.send(new AuthorizeSecurityGroupIngressCommand({ GroupId: group, IpPermissions }));
}
