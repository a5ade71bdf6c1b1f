import middy from '@middy/core';
import data from '../../../baseline.yml';
import { s3Files } from '../../../shared/aws/own/files.ts';
import { dynamoTable } from '../../../shared/aws/own/table.ts';
import { worldOf } from '../../../shared/aws/world-of.ts';
import { bundledBaseline } from '../../../shared/baseline/bundled.ts';
import { chain } from '../../../shared/runtime/chain.ts';
import { invocation } from '../../../shared/runtime/invocation.ts';
import { settings } from '../../../shared/runtime/settings.ts';
import { type ListedScopes, scopeLister } from '../../../shared/sweep/list-scopes.ts';

const wiring = settings(['FINDINGS_TABLE', 'SWEEP_BUCKET', 'WATCHED_REGIONS', 'OWN_ACCOUNT', 'AWS_REGION']);
const our = invocation('list-scopes');
const calling = { region: wiring.AWS_REGION };
const world = worldOf(our, { table: dynamoTable(wiring.FINDINGS_TABLE, calling) });
const list = scopeLister(world, bundledBaseline(data), {
  files: s3Files(wiring.SWEEP_BUCKET, calling),
  bucket: wiring.SWEEP_BUCKET,
  ownAccount: wiring.OWN_ACCOUNT,
  regions: wiring.WATCHED_REGIONS.split(','),
});

/** Begins a sweep: which accounts and regions it is of, as a list in the bucket. */
export const handler = middy<unknown, ListedScopes>().use(chain('list-scopes', our)).handler(list);
