import type { ReadAction, WriteAction } from './actions.ts';
import type { Counted } from './batch.ts';
import type { Credentials, Enter, RoleRequest } from './entry.ts';
import { handlerOptions, once } from './own/calling.ts';
import type { Place, Way } from './place.ts';
import { loadService, type SdkAnswer, type SdkClient, serviceOf } from './services.ts';

/** How clients in audited accounts call. */
export interface ClientSettings {
  /** `standard` in Lambdas; `adaptive` in sweeps and the command, where waiting is cheap. */
  retryMode?: 'standard' | 'adaptive';
  /** Milliseconds for one attempt. */
  requestTimeout?: number;
  /** More of the SDK clients' own configuration; for tests. */
  sdk?: Readonly<Record<string, unknown>>;
}

type Answer = Readonly<Record<string, unknown>>;
export type Send = (
  place: Place,
  way: Way,
  action: ReadAction | WriteAction,
  input: Answer,
  counted: Counted,
) => Promise<Answer>;

/** One client per service, account, region and way, kept for the process. */
export function clientPool(
  enter: Enter,
  settings: ClientSettings,
  tried: (action: string, times: number, place: Place) => void,
): Send {
  const clients = new Map<string, SdkClient>();
  return async (place, way, action, input, counted) => {
    const { account, region } = place;
    const service = serviceOf(action);
    const { Client, reads, writes } = await loadService(service);
    const credentials = await enter(account, way);
    const key = `${service} ${account} ${region} ${way}`;
    const client =
      clients.get(key) ?? new Client(config(region, settings, credentials && (() => entered(enter, account, way))));
    clients.set(key, client);
    const Command = (way === 'read' ? reads : writes)[action.slice(service.length + 1)];
    if (Command === undefined) throw new TypeError(`No command for ${action}.`);
    counted(action);
    try {
      const { $metadata, ...answer } = await client.send(new Command(input));
      tried(action, $metadata.attempts ?? 1, place);
      return answer;
    } catch (error) {
      tried(action, attemptsOf(error), place);
      throw error;
    }
  };
}

/** Asks STS for a role, in our own region: its global endpoint is one more thing that can be down. */
export function stsAssume(
  region: string,
  settings: ClientSettings,
  tried: () => void,
): (request: RoleRequest) => Promise<Credentials> {
  const connect = once(async () => {
    const { STSClient, AssumeRoleCommand } = await import('./own/sts.ts');
    return { sts: new STSClient(config(region, settings) as { region: string }), AssumeRoleCommand };
  });
  return async (request) => {
    const { sts, AssumeRoleCommand } = await connect();
    tried();
    const { Credentials: given } = await sts.send(new AssumeRoleCommand(request));
    const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = given ?? {};
    if (!AccessKeyId || !SecretAccessKey || !SessionToken || !Expiration) {
      throw Object.assign(new Error('STS answered without credentials.'), { name: 'NoCredentials', $fault: 'server' });
    }
    return {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
      expiration: Expiration,
    };
  };
}

async function entered(enter: Enter, account: string, way: Way): Promise<Credentials> {
  const credentials = await enter(account, way);
  if (credentials === undefined) throw new TypeError('Our own account has no role to assume.');
  return credentials;
}

function config(region: string, settings: ClientSettings, credentials?: () => Promise<Credentials>): object {
  const { retryMode = 'standard', requestTimeout = 10_000, sdk = {} } = settings;
  return {
    region,
    retryMode,
    maxAttempts: 3,
    // Nobody adds middleware to a client: its stack is put together once for each command, not for each call.
    cacheMiddleware: true,
    requestHandler: handlerOptions(requestTimeout),
    ...sdk,
    ...(credentials ? { credentials } : {}),
  };
}

function attemptsOf(error: unknown): number {
  const metadata = (error as { $metadata?: Partial<SdkAnswer['$metadata']> } | null)?.$metadata;
  return metadata?.attempts ?? 1;
}
