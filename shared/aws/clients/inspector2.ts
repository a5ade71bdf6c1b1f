import { Inspector2Client, ListFindingsCommand } from '@aws-sdk/client-inspector2';

export const inspector2 = { Client: Inspector2Client, reads: { ListFindings: ListFindingsCommand }, writes: {} };
