import middy from '@middy/core';
import data from '../../../baseline.yml';
import { s3Files } from '../../../shared/aws/own/files.ts';
import { scopedKeys } from '../../../shared/aws/own/scoped-keys.ts';
import { dynamoTable } from '../../../shared/aws/own/table.ts';
import { snsTopic } from '../../../shared/aws/own/topic.ts';
import { worldOf } from '../../../shared/aws/world-of.ts';
import { bundledBaseline } from '../../../shared/baseline/bundled.ts';
import { chain } from '../../../shared/runtime/chain.ts';
import { invocation } from '../../../shared/runtime/invocation.ts';
import { settings } from '../../../shared/runtime/settings.ts';
import { sweepCloser } from '../../../shared/sweep/close-sweep.ts';

const wiring = settings(['FINDINGS_TABLE', 'SWEEP_BUCKET', 'NOTICES_TOPIC', 'OWN_ACCOUNT', 'AWS_REGION']);
const our = invocation('close-sweep');
const calling = { region: wiring.AWS_REGION };
const table = dynamoTable(wiring.FINDINGS_TABLE, calling);
const world = worldOf(our, { table, notices: snsTopic(wiring.NOTICES_TOPIC, calling) });
const close = sweepCloser(world, bundledBaseline(data), {
  files: s3Files(wiring.SWEEP_BUCKET, calling),
  bucket: wiring.SWEEP_BUCKET,
  keysIn: scopedKeys(wiring.FINDINGS_TABLE, calling),
  ownAccount: wiring.OWN_ACCOUNT,
  region: wiring.AWS_REGION,
  pages: process.env.CONTROL_PAGES,
});

/** Ends a sweep: its summary row, its figures, its report, and the digest. */
export const handler = middy<unknown, object>().use(chain('close-sweep', our)).handler(close);
