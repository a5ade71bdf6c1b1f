import { createHash } from 'node:crypto';

/** What the healthy account's resources are called, so that stories and tests can name them. */
export interface Names {
  account: string;
  region: string;
  partition: string;
  cluster: string;
  nodegroup: string;
  vpc: string;
  privateSubnets: readonly [string, string];
  publicSubnet: string;
  mainRouteTable: string;
  privateRouteTable: string;
  publicRouteTable: string;
  internetGateway: string;
  clusterGroup: string;
  nodeGroupSecurity: string;
  launchTemplate: string;
  key: string;
  keyArn: string;
  issuer: string;
  oidcProvider: string;
  clusterRole: string;
  nodeRole: string;
  appRole: string;
  appPolicy: string;
  logGroup: string;
  repository: string;
  digest: string;
  trail: string;
  arn(service: string, resource: string, region?: string): string;
}

/** Ids that look like AWS's and are the same on every run, another one for each account and region. */
export function namesOf(account: string, region: string): Names {
  const hex = (name: string, length = 17) =>
    createHash('sha256').update(`${account}/${region}/${name}`).digest('hex').slice(0, length);
  const partition = region.startsWith('us-gov-') ? 'aws-us-gov' : region.startsWith('cn-') ? 'aws-cn' : 'aws';
  const arn = (service: string, resource: string, where = region) =>
    `arn:${partition}:${service}:${service === 'iam' ? '' : where}:${account}:${resource}`;
  const key = [hex('key', 8), hex('k1', 4), hex('k2', 4), hex('k3', 4), hex('k4', 12)].join('-');
  const issuer = `oidc.eks.${region}.amazonaws.com/id/${hex('issuer', 32).toUpperCase()}`;
  return {
    account,
    region,
    partition,
    cluster: 'payments',
    nodegroup: 'workers',
    vpc: `vpc-${hex('vpc')}`,
    privateSubnets: [`subnet-${hex('private-a')}`, `subnet-${hex('private-b')}`],
    publicSubnet: `subnet-${hex('public-a')}`,
    mainRouteTable: `rtb-${hex('main')}`,
    privateRouteTable: `rtb-${hex('private')}`,
    publicRouteTable: `rtb-${hex('public')}`,
    internetGateway: `igw-${hex('internet')}`,
    clusterGroup: `sg-${hex('cluster')}`,
    nodeGroupSecurity: `sg-${hex('nodes')}`,
    launchTemplate: `lt-${hex('template')}`,
    key,
    keyArn: arn('kms', `key/${key}`),
    issuer,
    oidcProvider: arn('iam', `oidc-provider/${issuer}`),
    clusterRole: 'payments-cluster',
    nodeRole: 'payments-node',
    appRole: 'payments-app',
    appPolicy: arn('iam', 'policy/payments-queue'),
    logGroup: '/aws/eks/payments/cluster',
    repository: 'payments-api',
    digest: `sha256:${hex('image', 64)}`,
    trail: 'management-events',
    arn,
  };
}
