import { fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { dynamoTable } from '../../shared/aws/own/table.ts';
import type { Table } from '../../shared/aws/world.ts';
import { packageFunctions } from '../../shared/derive/package.ts';
import type { ResourceState } from '../../shared/findings/finding.ts';
import { type Scope, sweepKey } from '../../shared/findings/swept.ts';
import { GLOBAL, keyOf, type Resource } from '../../shared/resources/resource.ts';
import { inParts } from '../../shared/runtime/in-parts.ts';
import type { ListedScopes } from '../../shared/sweep/list-scopes.ts';
import type { ScopeDone } from '../../shared/sweep/rows.ts';
import { NOTHING } from '../../shared/sweep/tally.ts';
import { startOwnCloud } from '../support/cloud/own/own-cloud.ts';
import type { Audited } from '../support/cloud/own/wire.ts';
import { aFinding, LOGGING } from '../support/notices.ts';
import type { Part } from './figure.ts';
import type { Invoked } from './invoked.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const TABLE = 'findings';
const BUCKET = 'sweeps';
const HOME = 'eu-west-1';

/** What a sweep of many accounts comes to before and after its scopes: both packaged functions, over HTTP. */
export async function estates(quick: boolean): Promise<Part> {
  const sizes = quick ? { accounts: 5, regions: 3, clusters: 50 } : { accounts: 200, regions: 17, clusters: 5000 };
  const accounts = Array.from({ length: sizes.accounts }, (_, at) => String(100_000_000_000 + at));
  const regions = Array.from({ length: sizes.regions }, (_, at) => (at === 0 ? HOME : `ap-south-${at}`));
  const [home = ''] = accounts;
  const files = bucket();
  let notices = 0;
  const cloud = await startOwnCloud({
    ...{ now: Date.now, account: home, region: HOME, table: TABLE, audited: files.s3 },
    queues: { send: () => undefined, hide: () => undefined },
    publish: () => `notice-${++notices}`,
  });
  const folder = mkdtempSync(join(tmpdir(), 'eks-warden-bench-'));
  try {
    await packageFunctions(join(folder, 'functions'), baselineOf(folder, accounts));
    const invoke = (name: string, event: unknown) =>
      invocation(join(folder, 'functions', name, 'index.mjs'), event, environment(cloud.url, home, regions));
    const client = { endpoint: cloud.url, credentials: { accessKeyId: home, secretAccessKey: 'sample' } };
    const table = dynamoTable(TABLE, { region: HOME, client });
    const scopes = accounts.flatMap((account) => [...regions, GLOBAL].map((region) => ({ account, region })));
    const night = async (run: string): Promise<Seen> => {
      const listing = await invoke('list-scopes', { run, input: {} });
      const listed = listing.result as ListedScopes;
      if (!listed.sweeping) throw new Error(`Nothing is swept: ${listed.why}`);
      await fill(table, run, scopes, sizes.clusters);
      const closing = await invoke('close-sweep', listed);
      return { listing, closing, bytes: Buffer.byteLength(JSON.stringify(listed)), files: files.sizes() };
    };
    // The first one ever has nothing to compare itself with, and so no digest.
    await night('night-1');
    const seen = await night('night-2');
    if (notices !== 1) throw new Error(`The sweep was told ${notices} times.`);
    return partOf(seen, sizes);
  } finally {
    rmSync(folder, { recursive: true });
    await cloud.stop();
  }
}

interface Seen {
  listing: Invoked;
  closing: Invoked;
  bytes: number;
  files: Record<string, number>;
}

function partOf({ listing, closing, bytes, files }: Seen, sizes: Record<string, number>): Part {
  const share = (name: string, { seconds }: Invoked) => (100 * seconds) / timeoutOf(name);
  return {
    figures: [
      {
        id: 'estates.memory',
        what: `${sizes.accounts} accounts × ${sizes.regions} regions, ${sizes.clusters} failing clusters in one: most memory at either end`,
        value: Math.max(listing.mebibytes, closing.mebibytes),
        unit: 'MiB',
      },
      {
        id: 'estates.time',
        what: '… of its timeout, the larger share',
        value: Math.max(share('list-scopes', listing), share('close-sweep', closing)),
        unit: '%',
      },
      { id: 'estates.state', what: '… passed through the state machine', value: bytes / 1024, unit: 'kB' },
    ],
    how: 'The packaged list-scopes and close-sweep, each in a process of its own whose heap is held to 100 MB, over HTTP: the table is dynalite, and the bucket and the topic are in the process that measures. What the state machine passes on is what list-scopes answers; the lists of scopes are in the bucket.',
    details: { sizes, listing: told(listing), closing: told(closing), files },
  };
}

const told = ({ seconds, mebibytes }: Invoked) => ({ seconds, mebibytes });

/** Seconds, as the function is deployed. */
function timeoutOf(name: string): number {
  const text = readFileSync(join(ROOT, 'functions', 'sweep', name, 'function.yml'), 'utf8');
  return Number(/^ +timeout: (\d+)$/m.exec(text)?.[1]);
}

/** The shipped baseline, of these accounts. */
function baselineOf(folder: string, accounts: readonly string[]): string {
  const file = join(folder, 'baseline.yml');
  const document = parseDocument(readFileSync(join(ROOT, 'baseline.yml'), 'utf8'));
  document.set('accounts', accounts);
  writeFileSync(file, document.toString());
  return file;
}

/** As many rows as sweeps leave: one for each scope, and in the first one clusters that fail. */
async function fill(table: Table, run: string, scopes: readonly Scope[], clusters: number): Promise<void> {
  const [busy] = scopes;
  if (busy === undefined) return;
  const rows = scopes.map((scope): ScopeDone => {
    // What events should have told makes it a digest for everybody.
    const tally = { ...NOTHING, resources: clusters, missed: clusters, controls: { [LOGGING]: { open: clusters } } };
    return {
      ...{ pk: sweepKey(scope), sk: 'done', run, started: Date.now(), ended: Date.now(), first: false },
      ...{ complete: true, kinds: [], listed: {}, tally: scope === busy ? tally : NOTHING },
    };
  });
  const states = Array.from({ length: clusters }, (_, at) =>
    failing({ kind: 'cluster', id: `cluster-${at}`, ...busy }),
  );
  for (const some of inParts([...rows, ...states], 25))
    await Promise.all(some.map((item) => table.put({ ...item } as never)));
}

function failing(resource: Resource): ResourceState {
  const { account, region, kind, id } = resource;
  return {
    ...resource,
    ...{ pk: keyOf(resource), sk: 'state', schema: 1, version: 1, observedAt: Date.now(), clusters: [id], links: [] },
    findings: { [LOGGING]: aFinding({ since: Date.now() }) },
    ...{ scope: `${account}#${region}`, rank: `1#${kind}#${id}` },
  };
}

function invocation(file: string, event: unknown, env: NodeJS.ProcessEnv): Promise<Invoked> {
  const child = fork(join(import.meta.dirname, 'invoked.ts'), [file, JSON.stringify(event)], {
    execArgv: ['--max-old-space-size=100', '--max-semi-space-size=4'],
    env,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  return new Promise((resolve, reject) => {
    child.on('message', (message) => resolve(message as Invoked));
    child.on('exit', (code) => reject(new Error(`The function ended with ${code}.`)));
  });
}

const environment = (url: string, account: string, regions: readonly string[]): NodeJS.ProcessEnv => ({
  ...{ PATH: process.env.PATH, HOME: process.env.HOME, AWS_REGION: HOME, AWS_ENDPOINT_URL: url },
  ...{ AWS_ACCESS_KEY_ID: account, AWS_SECRET_ACCESS_KEY: 'sample', AWS_EC2_METADATA_DISABLED: 'true' },
  ...{ AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null' },
  ...{ FINDINGS_TABLE: TABLE, SWEEP_BUCKET: BUCKET, OWN_ACCOUNT: account, WATCHED_REGIONS: regions.join(',') },
  NOTICES_TOPIC: `arn:aws:sns:${HOME}:${account}:notices`,
  POWERTOOLS_METRICS_NAMESPACE: 'eks-warden',
});

/** Keeps what is put, and gives it back. */
function bucket(): { s3: Audited; sizes: () => Record<string, number> } {
  const kept = new Map<string, string>();
  const s3: Audited = {
    handles: (service) => service === 's3',
    answer({ method, path, body }) {
      const [key = ''] = path.split('?');
      if (method === 'PUT') kept.set(key, body);
      const text = kept.get(key);
      if (text === undefined) return { status: 404, headers: {}, body: '<Error><Code>NoSuchKey</Code></Error>' };
      return { status: 200, headers: {}, body: method === 'GET' ? text : '' };
    },
  };
  const sizes = () => Object.fromEntries([...kept].map(([key, text]) => [key, Buffer.byteLength(text)]));
  return { s3, sizes };
}
