import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { didYouMean } from '../../baseline/suggest.ts';
import { UserMistake } from '../../runtime/errors.ts';

/** Throws a `UserMistake` for a profile that no file of the AWS configuration has. */
export function checkProfile(profile: string | undefined, env: NodeJS.ProcessEnv = process.env): void {
  if (profile === undefined) return;
  const folder = join(env.HOME ?? homedir(), '.aws');
  const files = [
    env.AWS_CONFIG_FILE ?? join(folder, 'config'),
    env.AWS_SHARED_CREDENTIALS_FILE ?? join(folder, 'credentials'),
  ];
  const names = [...new Set(files.flatMap(profilesIn))];
  if (names.includes(profile)) return;
  throw new UserMistake(
    `There is no profile ${JSON.stringify(profile)} in ${files.join(' or ')}.${didYouMean(profile, names)}`,
  );
}

/** `[profile name]`, or `[name]` as the credentials file has it. No file has none. */
function profilesIn(file: string): string[] {
  const text = textIn(file);
  return [...text.matchAll(/^\s*\[\s*(?:profile\s+)?["']?([^\]"']+?)["']?\s*\]/gm)].flatMap(([, name]) => name ?? []);
}

function textIn(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')) return '';
    throw new UserMistake(`${file} cannot be read.`, { cause: error });
  }
}
