import type { AttributeValue, DynamoDBRecord } from 'aws-lambda';
import { canonical } from '../../../../shared/aws/canonical.ts';

export type Image = Record<string, AttributeValue>;

/** One write to an item: how it was and how it is. Undefined: it was not, or is not, there. */
export interface ItemChange {
  table: string;
  before: Image | undefined;
  after: Image | undefined;
}

export interface StreamPlace {
  account: string;
  region: string;
  /** When the stream was made. */
  since: number;
}

/** A record as a stream of new and old images has it; undefined for a write that changed nothing: AWS tells of none. */
export function streamRecord(
  { table, before, after }: ItemChange,
  number: number,
  at: number,
  { account, region, since }: StreamPlace,
): DynamoDBRecord | undefined {
  const image = after ?? before;
  if (image === undefined || canonical(before) === canonical(after)) return undefined;
  const { pk, sk } = image;
  const made = new Date(since).toISOString().slice(0, 23);
  return {
    eventID: `stream-record-${number}`,
    eventName: before === undefined ? 'INSERT' : after === undefined ? 'REMOVE' : 'MODIFY',
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: region,
    dynamodb: {
      ApproximateCreationDateTime: Math.floor(at / 1000),
      Keys: { ...(pk && { pk }), ...(sk && { sk }) },
      ...(before && { OldImage: before }),
      ...(after && { NewImage: after }),
      SequenceNumber: String(10n ** 20n + BigInt(number)),
      SizeBytes: Buffer.byteLength(JSON.stringify([before, after])),
      StreamViewType: 'NEW_AND_OLD_IMAGES',
    },
    eventSourceARN: `arn:aws:dynamodb:${region}:${account}:table/${table}/stream/${made}`,
  };
}
