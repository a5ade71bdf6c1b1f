import middy from '@middy/core';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import data from '../../baseline.yml';
import { dynamoTable } from '../../shared/aws/own/table.ts';
import { snsTopic } from '../../shared/aws/own/topic.ts';
import { worldOf } from '../../shared/aws/world-of.ts';
import { bundledBaseline } from '../../shared/baseline/bundled.ts';
import { groupOf } from '../../shared/controls/catalogue.ts';
import { announcer } from '../../shared/notices/announce.ts';
import { chain } from '../../shared/runtime/chain.ts';
import { invocation } from '../../shared/runtime/invocation.ts';
import { settings } from '../../shared/runtime/settings.ts';
import { timeFor } from '../../shared/runtime/time-for.ts';

const wiring = settings(['FINDINGS_TABLE', 'NOTICES_TOPIC', 'OWN_ACCOUNT', 'AWS_REGION']);
const our = invocation('announce-finding');
const calling = { region: wiring.AWS_REGION };
const table = dynamoTable(wiring.FINDINGS_TABLE, calling);
const world = worldOf(our, { table, notices: snsTopic(wiring.NOTICES_TOPIC, calling) });
const pages = process.env.CONTROL_PAGES;
const { announce } = announcer(world, bundledBaseline(data), { groupOf, pages, ownAccount: wiring.OWN_ACCOUNT });

/** Stream → topic: what changed between two images of an item is told once. The stream comes back to the first that fails. */
export const handler = middy<DynamoDBStreamEvent, DynamoDBBatchResponse>()
  .use(chain('announce-finding', our))
  .handler(({ Records }, context) => announce(Records ?? [], timeFor(context)));
