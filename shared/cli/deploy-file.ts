import { readDeployment } from '../deployment/deploy-file.ts';
import type { Deployment } from '../deployment/deployment.ts';
import { UserMistake } from '../runtime/errors.ts';
import { firstOf, textOf } from '../runtime/text-file.ts';

/** The file that was named, here or in `EKS_WARDEN_DEPLOY`, else `deploy.yml` of this folder; undefined where there is none. */
export function deployText(named = process.env.EKS_WARDEN_DEPLOY): { file: string; text: string } | undefined {
  return named === undefined ? firstOf(['deploy.yml']) : { file: named, text: textOf(named) };
}

/** Throws a `DeploymentError` with every problem, or a `UserMistake` where there is no such file. */
export function deploymentFor(named?: string): Deployment {
  const found = deployText(named);
  if (found === undefined) {
    throw new UserMistake(
      'There is no deploy.yml in this folder: go to the folder that has it, or name it in EKS_WARDEN_DEPLOY.',
    );
  }
  return readDeployment(found.text, found.file);
}
