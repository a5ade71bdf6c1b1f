import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CATALOGUE } from '../../shared/controls/catalogue.ts';
import { packageFunctions } from '../../shared/derive/package.ts';
import type { Finding, ResourceState } from '../../shared/findings/finding.ts';
import { keyOf, type Resource } from '../../shared/resources/resource.ts';
import { type Account, type AuditedServices, anAccount, auditedServices, delivered } from './cloud/audited/index.ts';
import { bundles } from './local-world/bundles.ts';
import type { FunctionName, HandlerSource } from './local-world/handlers.ts';
import { type LocalWorld, localWorld } from './local-world/local-world.ts';
import type { LocalWorldOptions } from './local-world/options.ts';
import type { TimedStep } from './local-world/steps.ts';

export const HUB = '444455556666';
export const MEMBER = '111122223333';
export const REGION = 'eu-west-1';
/** When every story here begins. */
export const START = Date.parse('2026-11-21T03:00:00Z');
export const PAYMENTS: Resource = { kind: 'cluster', id: 'payments', account: MEMBER, region: REGION };
export const LOGGING = 'eks-control-plane-logging';

const CACHE = join(import.meta.dirname, '..', '..', '.cache', 'packaged');

/** Every control of the catalogue, told at once. */
export const ALL: Readonly<Record<string, string>> = Object.fromEntries(CATALOGUE.map(({ id }) => [id, 'notify']));

/** A baseline of these controls, each with its mode, for the member account; everything is told at once. */
export function aBaselineFile(modes: Readonly<Record<string, string>> = ALL): string {
  const controls = Object.entries(modes).map(([id, mode]) => `  ${id}: ${mode}\n`);
  const routes = 'routes:\n  - { name: all, when: now, to: [email, slack] }\n';
  return `catalogue: 1\naccounts: ['${MEMBER}']\ncontrols:\n${controls.join('')}${routes}`;
}

/** The functions as they are deployed, with a baseline of the test's own; `name` is a folder of the test's own. */
export async function packaged(name: string, baseline: string): Promise<HandlerSource> {
  const folder = join(CACHE, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'baseline.yml'), baseline);
  await packageFunctions(join(folder, 'functions'), join(folder, 'baseline.yml'));
  return bundles(join(folder, 'functions'));
}

export interface PipelineOptions extends Partial<Omit<LocalWorldOptions, 'audited'>> {
  handlers: HandlerSource;
  /** The member account; the healthy one where absent. */
  audited?: Account;
  /** Milliseconds from a call to its event; infinite where it is lost. */
  eventsAfter?: number;
  /** Cuts every list of the accounts into pages of at most this many. */
  mostPerPage?: number;
}

export interface Pipeline extends AsyncDisposable {
  world: LocalWorld;
  cloud: AuditedServices;
  /** All that happened, in its order. */
  steps: TimedStep[];
  /** Somebody's change of the cluster, by any client. */
  update(input: Readonly<Record<string, unknown>>, by?: Caller): void;
  state(resource?: Resource): Promise<ResourceState | undefined>;
  finding(control: string, resource?: Resource): Promise<Finding | undefined>;
  /** What a function counted in all, from the lines that it wrote; dimensions behind the name. */
  counts(name: FunctionName): Record<string, number>;
  /** Calls that changed something in the member account, ours. */
  writes(): string[];
}

type Caller = { userIdentity: Record<string, unknown>; userAgent?: string; sourceIPAddress?: string };

/** A person behind a single sign-on role. */
export const ANNA: Caller = {
  userIdentity: {
    type: 'AssumedRole',
    principalId: 'AROAEXAMPLEADMIN00001:anna@example.com',
    arn: `arn:aws:sts::${MEMBER}:assumed-role/AWSReservedSSO_Admin_0123456789abcdef/anna@example.com`,
    accountId: MEMBER,
    accessKeyId: 'ASIAEXAMPLEANNA00001',
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId: 'AROAEXAMPLEADMIN00001',
        arn: `arn:aws:iam::${MEMBER}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_Admin_0123456789abcdef`,
        accountId: MEMBER,
        userName: 'AWSReservedSSO_Admin_0123456789abcdef',
      },
      attributes: { creationDate: '2026-11-21T02:00:00Z', mfaAuthenticated: 'true' },
    },
  },
  userAgent: 'aws-cli/2.15.0 Python/3.11.6 Linux/6.1 exe/x86_64',
  sourceIPAddress: '203.0.113.7',
};

export const loggingOf = (enabled: boolean, ...types: string[]) => ({
  logging: { clusterLogging: [{ types, enabled }] },
});

/** The deployed hub with one member account that is healthy at first; calls there come back as events. */
export async function aPipeline(options: PipelineOptions): Promise<Pipeline> {
  const { audited = anAccount(MEMBER, REGION), eventsAfter = 2000, environment = {}, mostPerPage, ...more } = options;
  const services: { cloud?: AuditedServices } = {};
  const world = await localWorld({
    now: START,
    account: HUB,
    region: REGION,
    ...more,
    environment: { EXTERNAL_ID: 'known-to-both', ...environment },
    audited: ({ now, put }) => {
      services.cloud = auditedServices({
        now,
        accounts: { [MEMBER]: { ...audited, externalId: 'known-to-both' }, [HUB]: { regions: {}, iam: {} } },
        defaultAccount: HUB,
        ...(mostPerPage === undefined ? {} : { mostPerPage }),
        ...(Number.isFinite(eventsAfter) ? { onEvent: (detail) => put(delivered(detail), eventsAfter) } : {}),
      });
      return services.cloud;
    },
  });
  const { cloud } = services;
  if (cloud === undefined) throw new Error('The world has no audited accounts.');
  const steps: TimedStep[] = [];
  world.on((step) => void steps.push(step));
  const state = async (resource = PAYMENTS) =>
    (await world.items()).find(({ pk, sk }) => pk === keyOf(resource) && sk === 'state') as ResourceState | undefined;
  return {
    world,
    cloud,
    steps,
    update(input, by = ANNA) {
      cloud.act({
        account: MEMBER,
        region: REGION,
        action: 'eks:UpdateClusterConfig',
        input: { name: PAYMENTS.id, ...input },
        by,
      });
    },
    state,
    finding: async (control, resource) => (await state(resource))?.findings[control],
    counts: (name) => countsOf(world.logs.filter((line) => line.function === name).map(({ line }) => line)),
    writes: () =>
      cloud.calls().flatMap(({ action }) => (/:(?:Describe|Get|List|AssumeRole)/.test(action) ? [] : [action])),
    [Symbol.asyncDispose]: () => world.close(),
  };
}

interface Emf {
  _aws?: { CloudWatchMetrics: { Metrics: { Name: string; Unit: string }[]; Dimensions: string[][] }[] };
}

/** Sums of CloudWatch's embedded metric lines. */
export function countsOf(lines: readonly string[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const line of lines) {
    const said = JSON.parse(line) as Emf & Record<string, unknown>;
    for (const { Metrics, Dimensions } of said._aws?.CloudWatchMetrics ?? []) {
      const dimensions = Dimensions.flat().filter((name) => name !== 'service');
      for (const { Name } of Metrics) {
        const key = [Name, ...dimensions.map((name) => String(said[name]))].join(' ');
        const values = [said[Name]].flat().map(Number);
        sums[key] = values.reduce((sum, value) => sum + value, sums[key] ?? 0);
      }
    }
  }
  return sums;
}
