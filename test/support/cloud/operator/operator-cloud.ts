import { marshall } from '@aws-sdk/util-dynamodb';
import type { Item } from '../../../../shared/aws/world.ts';
import { type Account, auditedServices } from '../audited/index.ts';
import { startDynalite } from '../own/dynalite.ts';
import { createFindingsTable, itemsOf } from '../own/findings-table.ts';
import { localServer, signedRequest } from '../own/server.ts';
import { OwnFault, type Reply, type SignedRequest } from '../own/wire.ts';
import { askedIn, refused, speaks, told } from './speaking.ts';

export const TABLE = 'findings';

/** One operation's answer. What has none is denied, as to a person without the right. */
export type Run = (input: Record<string, unknown>, region: string) => object;
export type Answers = Record<string, Run>;

export interface OperatorCloud {
  /** For `AWS_ENDPOINT_URL`. */
  url: string;
  answers: Answers;
  /** Actions that nobody may call here. */
  denied: Set<string>;
  calls: { action: string; region: string; input: Record<string, unknown> }[];
  put(item: Item): Promise<void>;
  items(): Promise<Item[]>;
  stop(): Promise<void>;
}

/** What commands ask of AWS, behind one port of 127.0.0.1: a stack and its parts by answers, the table, and the audited accounts. */
export async function startOperatorCloud(accounts: Readonly<Record<string, Account>>): Promise<OperatorCloud> {
  const db = await startDynalite();
  await createFindingsTable(db, TABLE);
  const audited = auditedServices({ now: () => Date.now(), accounts });
  const [answers, denied, calls]: [Answers, Set<string>, OperatorCloud['calls']] = [{}, new Set(), []];

  function answered(request: SignedRequest): Reply {
    const asked = askedIn(request);
    const { action, input } = asked;
    calls.push({ action, region: request.region, input });
    const run = answers[action];
    if (run === undefined || denied.has(action)) {
      throw new OwnFault('AccessDenied', `User: ana is not authorized to perform: ${action}`, 403);
    }
    return told(request, asked, run(input, request.region));
  }

  const server = await localServer(
    () => Date.now(),
    async (incoming, body) => {
      const request = signedRequest(incoming, body);
      if (request === undefined) return stranger(incoming.url ?? '', answers);
      if (request.service === 'dynamodb') return db.pass(request);
      if (request.service === 's3') return objectIn(request, answers);
      if (audited.handles(request.service)) return audited.answer(request);
      if (!speaks(request.service)) return { status: 404, headers: {}, body: request.service };
      try {
        return answered(request);
      } catch (fault) {
        if (fault instanceof OwnFault) return refused(request, fault);
        throw fault;
      }
    },
  );
  return {
    url: server.url,
    answers,
    denied,
    calls,
    put: async (item) => void (await db.ask('PutItem', { TableName: TABLE, Item: marshall(item) })),
    items: () => itemsOf(db, TABLE),
    async stop() {
      await server.stop();
      await db.stop();
    },
  };
}

/** A text of a bucket: `s3:GetObject` among the answers says `Text`, or nothing where there is none. */
function objectIn({ path }: SignedRequest, answers: Answers): Reply {
  const [bucket = '', ...key] = decodeURIComponent(path.split('?')[0] ?? '')
    .split('/')
    .slice(1);
  const { Text } = (answers['s3:GetObject']?.({ Bucket: bucket, Key: key.join('/') }, '') ?? {}) as { Text?: string };
  const headers = { 'content-type': Text === undefined ? 'application/xml' : 'application/json' };
  if (Text !== undefined) return { status: 200, headers, body: Text };
  return { status: 404, headers, body: '<Error><Code>NoSuchKey</Code><Message>No such key.</Message></Error>' };
}

/** What is not signed is Slack's stand-in: `slack:auth.test` among the answers. */
function stranger(path: string, answers: Answers): Reply {
  const value = answers[`slack:${path.split('/').at(-1)}`]?.({}, '') ?? { ok: false, error: 'invalid_auth' };
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}
