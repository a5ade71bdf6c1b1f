import { DescribeKeyCommand, KMSClient } from '@aws-sdk/client-kms';

export const kms = { Client: KMSClient, reads: { DescribeKey: DescribeKeyCommand }, writes: {} };
