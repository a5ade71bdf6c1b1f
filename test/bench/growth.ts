import { fork, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Item } from '../../shared/aws/world.ts';
import { NODE_BUNDLE } from '../../shared/derive/node-bundle.ts';
import { type Account, merge, namesOf, startAuditedAccounts } from '../support/cloud/audited/index.ts';
import { anEstate } from '../support/estate.ts';
import { ACCOUNT, REGION } from './bench-estate.ts';
import type { Figure, Part } from './figure.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const BIN = join(ROOT, 'shared', 'cli', 'bin.mjs');

/** Held so small it has to do with what is alive: a heap that may grow is collected late, and its size says little. */
const LIMITS = ['--max-old-space-size=100', '--max-semi-space-size=4'];

interface Swept {
  done: boolean;
  invocations: number;
  seconds: number;
  mebibytes: number;
  calls: number;
  /** What of the heap is in use at most (MiB), of a second run that collects garbage for it. */
  alive: number;
}

/** The sweep of one scope as it grows, and a snapshot of it judged by the command. */
export async function growth(quick: boolean): Promise<Part> {
  const [small, middle, large] = quick ? [5, 20, 80] : [10, 100, 1000];
  const most = quick ? 160 : 5000;
  const swept = new Map<number, Swept>();
  let snapshot = Number.NaN;
  const folder = mkdtempSync(join(tmpdir(), 'eks-warden-bench-'));
  const sweeper = await bundled(folder);
  for (const clusters of [small, middle, large, most]) {
    await withClusters(clusters, async (url, calls) => {
      const first = await sweep(sweeper, url, LIMITS);
      const made = calls();
      const { alive = Number.NaN } = await sweep(sweeper, url, [...LIMITS, '--expose-gc']);
      swept.set(clusters, { ...first, calls: made, alive });
      if (clusters === large) snapshot = await judged(folder, url);
    });
  }
  rmSync(folder, { recursive: true });
  const of = (clusters: number): Swept =>
    swept.get(clusters) ?? { done: false, invocations: 0, seconds: 0, mebibytes: 0, calls: 0, alive: Number.NaN };
  const perCluster = (what: 'calls' | 'seconds', from: number, to: number) =>
    (of(to)[what] - of(from)[what]) / (to - from);
  const steeper = (what: 'calls' | 'seconds') => perCluster(what, middle, large) / perCluster(what, small, middle);
  const figures: Figure[] = [
    {
      id: 'growth.calls',
      what: `sweep: calls for one more cluster, ${middle} → ${large} over ${small} → ${middle}`,
      value: steeper('calls'),
      unit: '×',
    },
    { id: 'growth.time', what: '… time for one more cluster, the same', value: steeper('seconds'), unit: '×' },
    {
      id: 'growth.alive',
      what: `… memory in use with ${large} clusters over that with ${small}`,
      value: of(large).alive / of(small).alive,
      unit: '×',
    },
    { id: 'growth.memory', what: `… most memory with ${large} clusters`, value: of(large).mebibytes, unit: 'MiB' },
    {
      id: 'growth.most-memory',
      what: `… most memory with ${most} clusters in one region`,
      value: of(most).mebibytes,
      unit: 'MiB',
    },
    { id: 'snapshot.scan', what: `scan --snapshot of ${large} clusters, all controls`, value: snapshot, unit: 'ms' },
  ];
  return {
    figures,
    how: 'The sweep of an account with so many clusters over HTTP: each invocation makes as many calls as its pace allows, and does not wait for it; in a process of its own, whose heap is held to 100 MB so that what is alive counts and not what waits to be collected (the function itself has 1,024 MB); the table is in another process. What is in use is measured in a second run, which collects garbage for it. The snapshot is judged by the command, from its start to its end.',
    details: { swept: Object.fromEntries(swept) },
  };
}

/** As a function is packaged: reading TypeScript takes memory of its own. */
async function bundled(folder: string): Promise<string> {
  await build({
    entryPoints: [join(import.meta.dirname, 'growing.ts')],
    outdir: folder,
    ...NODE_BUNDLE,
    minify: true,
  });
  return join(folder, 'growing.mjs');
}

async function withClusters(count: number, use: (url: string, calls: () => number) => Promise<void>): Promise<void> {
  const accounts = { [ACCOUNT]: grown(count) };
  const { url, stop, calls } = await startAuditedAccounts({ now: () => Date.now(), accounts });
  try {
    await use(url, () => calls().length);
  } finally {
    await stop();
  }
}

/** Each more cluster has a group of its own and a node group; what clusters share in one network, they share here. */
function grown(count: number): Account {
  const estate = anEstate(ACCOUNT, REGION);
  const here = estate.regions[REGION];
  const names = namesOf(ACCOUNT, REGION);
  const cluster = here?.clusters?.[names.cluster];
  const workers = here?.nodegroups?.[`${names.cluster}/${names.nodegroup}`];
  const group = here?.securityGroups?.[names.clusterGroup];
  const more = Array.from({ length: count - 1 }, (_, at) => ({
    name: `more-${at}`,
    GroupId: `sg-${String(at).padStart(17, '0')}`,
  }));
  return merge(estate, {
    regions: {
      [REGION]: {
        clusters: Object.fromEntries(
          more.map(({ name, GroupId }) => {
            const network = { ...cluster?.resourcesVpcConfig, clusterSecurityGroupId: GroupId };
            return [name, { ...cluster, name, resourcesVpcConfig: network }];
          }),
        ),
        nodegroups: Object.fromEntries(
          more.map(({ name }) => [`${name}/workers`, { ...workers, clusterName: name, nodegroupName: 'workers' }]),
        ),
        securityGroups: Object.fromEntries(more.map(({ GroupId }) => [GroupId, { ...group, GroupId }])),
      },
    },
  });
}

const environment = (url: string) => ({
  ...{ PATH: process.env.PATH, HOME: process.env.HOME, AWS_REGION: REGION, AWS_ENDPOINT_URL: url },
  ...{ AWS_ACCESS_KEY_ID: ACCOUNT, AWS_SECRET_ACCESS_KEY: 'sample', AWS_EC2_METADATA_DISABLED: 'true' },
  ...{ AWS_CONFIG_FILE: '/dev/null', AWS_SHARED_CREDENTIALS_FILE: '/dev/null' },
});

type Told = Omit<Swept, 'calls' | 'alive'> & { alive?: number };

async function sweep(sweeper: string, url: string, execArgv: readonly string[]): Promise<Told> {
  const child = fork(sweeper, { cwd: ROOT, execArgv: [...execArgv], env: environment(url) });
  const table = keptTable();
  const told = await new Promise<Told>((resolve, reject) => {
    child.on('message', (message: Asked | Told) => {
      if ('done' in message) resolve(message);
      else child.send({ id: message.id, answer: table(message) ?? null });
    });
    child.on('exit', (code) => reject(new Error(`The sweep ended with ${code}.`)));
  });
  if (!told.done) throw new Error('The sweep did not come to its end.');
  return told;
}

type Asked = { id: number } & (
  | { method: 'get'; given: [pk: string, sk: string] }
  | { method: 'query'; given: [pk: string] }
  | { method: 'put'; given: [item: Item] }
);

/** Keeps everything, and lets every write through: nobody else writes. */
function keptTable(): (asked: Asked) => unknown {
  const partitions = new Map<string, Map<string, Item>>();
  const of = (pk: string) => partitions.get(pk) ?? new Map<string, Item>();
  return ({ method, given }) => {
    if (method === 'get') return of(given[0]).get(given[1]);
    if (method === 'query') return [...of(given[0]).values()];
    const [item] = given;
    partitions.set(item.pk, of(item.pk).set(item.sk, item));
    return 'written';
  };
}

/** Milliseconds of the second of two runs: the first may compile. */
async function judged(folder: string, url: string): Promise<number> {
  const file = join(folder, 'account.json.gz');
  await run(['snapshot', file, '--region', REGION, '--no-pace'], environment(url));
  await run(['scan', '--snapshot', file, '--format', 'json'], environment(url));
  const began = performance.now();
  await run(['scan', '--snapshot', file, '--format', 'json'], environment(url));
  return performance.now() - began;
}

async function run(args: readonly string[], env: NodeJS.ProcessEnv): Promise<void> {
  const child = spawn(process.execPath, [BIN, ...args], { cwd: ROOT, env, stdio: ['ignore', 'ignore', 'inherit'] });
  const status = await new Promise((resolve) => child.on('exit', resolve));
  if (status !== 0 && status !== 1 && status !== 3) throw new Error(`${args[0]} ended with ${status}.`);
}
