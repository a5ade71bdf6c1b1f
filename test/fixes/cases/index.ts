import type { Case } from './case.ts';
import { CLUSTERS } from './clusters.ts';
import { IDENTITIES } from './identities.ts';
import { NODES } from './nodes.ts';
import { RECORDS } from './records.ts';

export const CASES: readonly Case[] = [...CLUSTERS, ...IDENTITIES, ...NODES, ...RECORDS];

/** What no command of the AWS CLI puts right, by control and message: its commands are only read by the CLI's own parser. */
export const NOT_FOLLOWED: Readonly<Record<string, string>> = {
  'api-tls-version oldTls': 'The client chooses the version of TLS: the command shows which client it was.',
  'api-tls-version noForwardSecrecy': 'The client chooses the cipher suite: the command shows which client it was.',
  'api-tls-version oldClient': 'Somebody has to update the client: the command shows which one it was.',
  'eks-auth-mode-api creatorAdmin':
    'How a cluster was made stays with it: the commands take the entry of its creator away.',
  'eks-secrets-cmk awsManaged': 'EKS never changes the key of a cluster: the commands make another cluster.',
  'eks-version-supported platformBehind': 'Only AWS changes the version of the platform.',
  'trail-enabled undelivered': 'The policies of a bucket and a key are in the way, which only their owner can judge.',
};
