import { type Loaded, loadBaseline } from '../baseline/load.ts';
import { FileError } from '../runtime/errors.ts';
import { textOf } from '../runtime/text-file.ts';
import { readDeployment } from './deploy-file.ts';
import type { Deployment } from './deployment.ts';

export interface Wanted extends Loaded {
  deployment: Deployment;
}

/** Reads `deploy.yml` and `baseline.yml`; what is wrong with either is told together. */
export function bothFiles(files: { deploy: string; baseline: string }, now: number): Wanted | { wrong: FileError[] } {
  const deployment = read(() => readDeployment(textOf(files.deploy), files.deploy));
  const loaded = read(() => loadBaseline(textOf(files.baseline), files.baseline, now));
  const wrong = [deployment, loaded].filter((each) => each instanceof FileError);
  if (deployment instanceof FileError || loaded instanceof FileError) return { wrong };
  return { ...loaded, deployment };
}

function read<T>(make: () => T): T | FileError {
  try {
    return make();
  } catch (error) {
    if (error instanceof FileError) return error;
    throw error;
  }
}
