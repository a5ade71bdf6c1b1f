import middy from '@middy/core';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import data from '../../baseline.yml';
import { lambdaWorld } from '../../shared/aws/lambda-world.ts';
import { bundledBaseline } from '../../shared/baseline/bundled.ts';
import { groupOf } from '../../shared/controls/catalogue.ts';
import { announcer } from '../../shared/notices/announce.ts';
import { chain } from '../../shared/runtime/chain.ts';
import { invocation } from '../../shared/runtime/invocation.ts';
import { settings } from '../../shared/runtime/settings.ts';

const wiring = settings(['FINDINGS_TABLE', 'NOTICES_TOPIC']);
const our = invocation('announce-finding');
const pages = process.env['CONTROL_PAGES'];
const { announce } = announcer(lambdaWorld(wiring, our), bundledBaseline(data), { groupOf, pages });

/** Stream → topic: what changed between two images of an item is told once. The stream comes back to the first that fails. */
export const handler = middy<DynamoDBStreamEvent, DynamoDBBatchResponse>()
  .use(chain('announce-finding', our))
  .handler(({ Records }) => announce(Records ?? []));
