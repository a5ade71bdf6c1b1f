import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { startServer } from '../../stack/emulator/process.ts';
import { OWN, REGION } from '../../stack/place.ts';
import { ToolError } from '../../stack/tool-error.ts';
import { tableServer } from '../../support/table-server.ts';
import type { Counts } from './traffic.ts';
import type { Failing } from './verdicts.ts';

const HERE = import.meta.dirname;
export const CACHE = join(HERE, '..', '..', '..', '.cache', 'peers');
export const TABLE = 'findings';

/** How much of each is seeded: node groups to a cluster, images to a repository. */
export interface Sizes {
  clusters: number;
  nodegroups: number;
  repositories: number;
  images: number;
  roles: number;
}

/** Milliseconds that an answer takes: of AWS, and of our own table and queue. */
export interface Delays {
  aws: number;
  own?: number;
}

/** A seeded account behind the proxy. */
export interface PeersEstate {
  url: string;
  sizes: Sizes;
  made: Readonly<Record<string, number>>;
  /** What was made to fail each control. */
  seeded: Failing;
  reset(delays: Delays): Promise<void>;
  counts(): Promise<Counts>;
  stop(): Promise<void>;
}

/** Nothing of this machine's own access gets in. */
export function environmentFor(url: string): NodeJS.ProcessEnv {
  const { PATH = '', HOME = '', TMPDIR = '/tmp', LANG = 'C.UTF-8' } = process.env;
  return {
    ...{ PATH, HOME, TMPDIR, LANG },
    NO_COLOR: '1',
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: 'sample',
    AWS_SECRET_ACCESS_KEY: 'sample',
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  };
}

/** Starts moto, a table and the proxy before them, and seeds the account. */
export async function startEstate(venv: string, sizes: Sizes): Promise<PeersEstate> {
  const name = `${sizes.clusters}-clusters`;
  const python = join(venv, 'bin', 'python');
  const moto = await startServer({
    name: 'moto',
    command: python,
    args: (port) => [join(HERE, 'python', 'start-moto.py'), String(port)],
    environment: (port) => ({
      ...environmentFor(`http://127.0.0.1:${port}`),
      MOTO_IAM_LOAD_MANAGED_POLICIES: 'true',
      MOTO_ACCOUNT_ID: OWN,
    }),
    path: '/moto-api/data.json',
    log: join(CACHE, `moto-${name}.log`),
  });
  const table = await tableServer();
  await table.create(TABLE);
  const proxy = await startServer({
    name: 'The proxy',
    command: process.execPath,
    args: (port) => [join(HERE, 'proxy.ts'), '--port', `${port}`, '--moto', moto.url, '--table', table.endpoint],
    environment: () => process.env,
    path: '/_counts',
    log: join(CACHE, `proxy-${name}.log`),
  });
  const { made, failing, lost } = seed(python, moto.url, sizes);
  await fetch(`${proxy.url}/_lost`, { method: 'POST', body: JSON.stringify(lost) });
  const ask = async (path: string): Promise<Counts> => (await (await fetch(proxy.url + path)).json()) as Counts;
  return {
    ...{ url: proxy.url, sizes, made, seeded: failing },
    reset: async ({ aws, own = aws }) => void (await ask(`/_reset?aws=${aws}&own=${own}`)),
    counts: () => ask('/_counts'),
    stop: async () => {
      await proxy.stop();
      await table.stop();
      await moto.stop();
    },
  };
}

interface Seeded {
  made: Record<string, number>;
  failing: Failing;
  lost: object;
}

function seed(python: string, url: string, sizes: Sizes): Seeded {
  const asked = Object.entries({ ...sizes }).flatMap(([name, count]) => [`--${name}`, String(count)]);
  const file = join(HERE, 'python', 'seed.py');
  const { status, stdout, stderr } = spawnSync(python, [file, '--endpoint', url, ...asked], {
    encoding: 'utf8',
    maxBuffer: 1e9,
    env: environmentFor(url),
  });
  if (status === 0) return JSON.parse(stdout) as Seeded;
  throw new ToolError(`The account could not be seeded:\n${stderr.slice(-2000)}`);
}
