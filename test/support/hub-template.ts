import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hubOf } from '../../shared/deployment/stack/hub.ts';
import { type StackSettings, stackSettings } from '../../shared/deployment/stack/settings.ts';

const ROOT = join(import.meta.dirname, '..', '..');

export type Json = Record<string, unknown>;

export interface Resource {
  Type: string;
  Properties: Json;
  DeletionPolicy?: string;
}

export interface HubTemplate {
  /** As it was written. */
  text: string;
  Resources: Readonly<Record<string, Resource>>;
}

export interface Files {
  baseline: string;
  deploy: string;
}

const shippedBaseline = readFileSync(join(ROOT, 'baseline.yml'), 'utf8');
const shippedDeploy = readFileSync(join(ROOT, 'deploy.yml'), 'utf8');

/** Both files as they are shipped, with an address. */
export const SHIPPED: Files = {
  baseline: shippedBaseline,
  deploy: shippedDeploy.replace("email: ''", 'email: platform@example.com'),
};

/** Everything that can be asked for, and a control that may be fixed. */
export const FULL: Files = {
  baseline: shippedBaseline
    .replace('eks-control-plane-logging: notify', 'eks-control-plane-logging: remediate')
    .replace('accounts: []', 'accounts: ["111122223333", "444455556666"]'),
  deploy: `name: warden
region: eu-west-1
email: platform@example.com
regions: [eu-central-1]
slackSecret: arn:aws:secretsmanager:eu-west-1:111122223333:secret:eks-warden-slack-a1b2c3
externalId: a-long-word-of-your-own
kmsKey: arn:aws:kms:eu-west-1:111122223333:key/1b2c3d4e-0000-4000-8000-000000000001
permissionsBoundary: arn:aws:iam::111122223333:policy/boundary
rolePath: /security/
tags: { team: platform }
vpc: { subnets: [subnet-0a1b2c3d4e5f67890], securityGroups: [sg-0a1b2c3d4e5f67890] }
keepTable: false
`,
};

/** Written to a folder of their own; the environment that names them. */
export function written({ baseline, deploy }: Files): { folder: string; environment: Record<string, string> } {
  const folder = mkdtempSync(join(tmpdir(), 'eks-warden-'));
  const [EKS_WARDEN_BASELINE, EKS_WARDEN_DEPLOY] = [join(folder, 'baseline.yml'), join(folder, 'deploy.yml')];
  writeFileSync(EKS_WARDEN_BASELINE, baseline);
  writeFileSync(EKS_WARDEN_DEPLOY, deploy);
  return { folder, environment: { EKS_WARDEN_BASELINE, EKS_WARDEN_DEPLOY } };
}

export function settingsFrom(files: Files): StackSettings {
  const { EKS_WARDEN_BASELINE = '', EKS_WARDEN_DEPLOY = '' } = written(files).environment;
  return stackSettings({ baseline: EKS_WARDEN_BASELINE, deploy: EKS_WARDEN_DEPLOY });
}

/** What the template includes, without the framework around it. */
export function included(files: Files): Readonly<Record<string, Resource>> {
  return hubOf(settingsFrom(files)).resources as unknown as Readonly<Record<string, Resource>>;
}

/** Runs the framework as a user does; without credentials, and with AWS at an address of the caller's. */
export async function packagedHub(files: Files, aws: string, more: Record<string, string> = {}): Promise<HubTemplate> {
  const { folder, environment } = written(files);
  const into = join(folder, 'package');
  mkdirSync(into);
  const { output, code } = await serverless(['package', '--package', into], {
    ...environment,
    AWS_ENDPOINT_URL: aws,
    HOME: folder,
    SOURCE_DATE_EPOCH: '1700000000',
    ...more,
  });
  if (code !== 0) throw new Error(output);
  const text = readFileSync(join(into, 'cloudformation-template-update-stack.json'), 'utf8');
  return { text, ...(JSON.parse(text) as Omit<HubTemplate, 'text'>) };
}

export async function serverless(args: readonly string[], environment: Record<string, string>) {
  const bin = join(ROOT, 'node_modules', 'serverless', 'bin', 'serverless.js');
  const child = spawn(process.execPath, [bin, ...args], {
    cwd: ROOT,
    env: { SLS_TELEMETRY_DISABLED: '1', SLS_NOTIFICATIONS_MODE: 'off', NO_COLOR: '1', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const parts: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => parts.push(String(part)));
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  return { code, output: parts.join('') };
}
