import type {
  CreateAccessEntryRequest,
  DeleteAccessEntryRequest,
  ListAccessEntriesRequest,
  ListInsightsRequest,
} from '@aws-sdk/client-eks';
import type { Plain } from '../account.ts';
import { AwsFault, type Call } from '../call.ts';
import { clusterNamed } from './eks-updates.ts';

/** Entries are for clusters that have them on. They are answered and not kept: nothing here reads them. */
export function createAccessEntry(request: Plain<CreateAccessEntryRequest>, call: Call): object {
  const { clusterName = '', principalArn = '', kubernetesGroups = [], username, type = 'STANDARD', tags } = request;
  const { accessConfig } = clusterNamed(clusterName, call);
  if ((accessConfig?.authenticationMode ?? 'CONFIG_MAP') === 'CONFIG_MAP') {
    const message =
      "The cluster's authentication mode must be set to one of [API, API_AND_CONFIG_MAP] for this operation";
    throw new AwsFault('InvalidRequestException', message, 400, { clusterName });
  }
  const arn = `arn:${call.partition}:eks:${call.region}:${call.accountId}:access-entry/${clusterName}/${call.id()}`;
  const entry = { clusterName, principalArn, kubernetesGroups, username: username ?? principalArn, type, tags };
  return { accessEntry: { ...entry, accessEntryArn: arn, createdAt: call.at, modifiedAt: call.at } };
}

/** Whoever asks learns of none, and may take any away. */
export function listAccessEntries({ clusterName = '' }: Plain<ListAccessEntriesRequest>, call: Call): object {
  clusterNamed(clusterName, call);
  return { accessEntries: [] };
}

export function deleteAccessEntry({ clusterName = '' }: Plain<DeleteAccessEntryRequest>, call: Call): object {
  clusterNamed(clusterName, call);
  return {};
}

/** Nothing stands in the way of an upgrade here. */
export function listInsights({ clusterName = '' }: Plain<ListInsightsRequest>, call: Call): object {
  clusterNamed(clusterName, call);
  return { insights: [] };
}
