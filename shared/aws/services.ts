import type { ReadAction, Service, WriteAction } from './actions.ts';

/** What every client of the SDK looks like from here. */
export interface SdkClient {
  send(command: object): Promise<SdkAnswer>;
}

export type SdkAnswer = Record<string, unknown> & { $metadata: { attempts?: number } };

type Command = new (input: object) => object;

interface ServiceModule {
  Client: new (config: object) => SdkClient;
  reads: Readonly<Record<string, Command>>;
  writes: Readonly<Record<string, Command>>;
}

/** Loaded when first used: EC2 alone is half of all clients' code. */
const LOADERS: { [S in Service]: () => Promise<unknown> } = {
  cloudtrail: async () => (await import('./clients/cloudtrail.ts')).cloudtrail,
  ec2: async () => (await import('./clients/ec2.ts')).ec2,
  ecr: async () => (await import('./clients/ecr.ts')).ecr,
  eks: async () => (await import('./clients/eks.ts')).eks,
  iam: async () => (await import('./clients/iam.ts')).iam,
  inspector2: async () => (await import('./clients/inspector2.ts')).inspector2,
  kms: async () => (await import('./clients/kms.ts')).kms,
  logs: async () => (await import('./clients/logs.ts')).logs,
};

export const SERVICES: readonly Service[] = Object.keys(LOADERS) as Service[];

export function serviceOf(action: ReadAction | WriteAction): Service {
  return action.slice(0, action.indexOf(':')) as Service;
}

/** The client's class and the commands, by operation. Each client's own types are kept in `actions.ts`. */
export async function loadService(service: Service): Promise<ServiceModule> {
  return (await LOADERS[service]()) as ServiceModule;
}
