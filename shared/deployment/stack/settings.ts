import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Baseline } from '../../baseline/baseline.ts';
import { loadBaseline } from '../../baseline/load.ts';
import { type Site, TEMPLATE_SITE } from '../../derive/site.ts';
import { readDeployment } from '../deploy-file.ts';
import type { Deployment } from '../deployment.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');

/** What the hub's template follows from. */
export interface StackSettings {
  deployment: Deployment;
  baseline: Baseline;
  site: Site;
}

/** Both files may live outside the clone: the environment then names them, relative to the folder one is in. */
export function filesOf({ EKS_WARDEN_BASELINE, EKS_WARDEN_DEPLOY }: NodeJS.ProcessEnv = process.env) {
  return {
    baseline: EKS_WARDEN_BASELINE ? resolve(EKS_WARDEN_BASELINE) : join(ROOT, 'baseline.yml'),
    deploy: EKS_WARDEN_DEPLOY ? resolve(EKS_WARDEN_DEPLOY) : join(ROOT, 'deploy.yml'),
  };
}

/** Reads both files; throws with every problem of the first that has any. */
export function stackSettings(files = filesOf()): StackSettings {
  const deployment = readDeployment(readFileSync(files.deploy, 'utf8'), files.deploy);
  const { baseline } = loadBaseline(readFileSync(files.baseline, 'utf8'), files.baseline, Date.now());
  return { deployment, baseline, site: siteOf(deployment) };
}

function siteOf({ rolePath, slackSecret = '' }: Deployment): Site {
  return { ...TEMPLATE_SITE, rolePath, slackSecret };
}
