export type Partition = 'aws' | 'aws-us-gov' | 'aws-cn';

/** IAM is one for a partition; it is asked in this region, and its events occur only there. */
const IAM_REGIONS: Readonly<Record<Partition, string>> = {
  aws: 'us-east-1',
  'aws-us-gov': 'us-gov-west-1',
  'aws-cn': 'cn-north-1',
};

const CONSOLE_HOSTS: Readonly<Record<Partition, string>> = {
  aws: 'console.aws.amazon.com',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
  'aws-cn': 'console.amazonaws.cn',
};

export function partitionOf(region: string): Partition {
  if (region.startsWith('us-gov-')) return 'aws-us-gov';
  return region.startsWith('cn-') ? 'aws-cn' : 'aws';
}

export function iamRegionOf(partition: Partition): string {
  return IAM_REGIONS[partition];
}

export function consoleHostOf(partition: Partition): string {
  return CONSOLE_HOSTS[partition];
}

/** Where the console shows an object of a bucket, to whoever may read it: an address that holds no right of its own, and does not end. */
export function objectPageOf(region: string, bucket: string, key: string): string {
  const host = consoleHostOf(partitionOf(region));
  return `https://${host}/s3/object/${bucket}?region=${region}&prefix=${encodeURIComponent(key)}`;
}

/** `region` and `account` are left out by services that are global or whose names are (IAM, S3). */
export interface Arn {
  partition: string;
  service: string;
  region?: string;
  account?: string;
  resource: string;
}

export function arnOf({ partition, service, region = '', account = '', resource }: Arn): string {
  return ['arn', partition, service, region, account, resource].join(':');
}

/** `path` begins and ends with a slash, as IAM has it. */
export function roleArnOf(partition: string, account: string, name: string, path = '/'): string {
  return arnOf({ partition, service: 'iam', account, resource: `role${path}${name}` });
}
