import { copyFileSync, mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { packageFunctions } from '../../derive/package.ts';
import { filesOf } from './settings.ts';
import { zipFunctions } from './zips.ts';

const INTO = join(import.meta.dirname, '..', '..', '..', '.build', 'artifacts');

/** Bundles and zips every function to where their `function.yml` says. */
export async function packageArtifacts(): Promise<void> {
  zipFunctions(INTO, await packageFunctions(INTO, filesOf().baseline));
}

/**
 * Puts the zips that are deployed into `.serverless`: there `serverless deploy` looks whether anything differs from what it
 * deployed last, and stops where nothing does.
 */
export function keepForComparison(artifacts: readonly string[], folder: string): void {
  const into = join(folder, '.serverless');
  mkdirSync(into, { recursive: true });
  for (const artifact of artifacts) copyFileSync(join(folder, artifact), join(into, basename(artifact)));
}

/**
 * The folder of the deployment bucket that the template names, by the time of SOURCE_DATE_EPOCH (s) if that is set: then two
 * runs write the same template to the byte. Otherwise it is named after the time of the run, the one thing that differs.
 */
export function artifactFolder(
  name: string,
  { SOURCE_DATE_EPOCH }: NodeJS.ProcessEnv = process.env,
): string | undefined {
  if (!SOURCE_DATE_EPOCH) return undefined;
  const at = new Date(Number(SOURCE_DATE_EPOCH) * 1000);
  return `serverless/${name}/hub/${at.getTime()}-${at.toISOString()}`;
}
