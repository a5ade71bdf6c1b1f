import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE, EXTERNAL_ID, MEMBER, OWN, REGION, ROOT } from './place.ts';

export interface Files {
  baseline: string;
  deploy: string;
}

export interface Wishes {
  /** ARN of the secret that leads to Slack's stand-in. */
  slackSecret: string;
  /** Modes that differ from the shipped ones; undefined takes a control out. */
  modes?: Readonly<Record<string, string | undefined>>;
}

/** The shipped baseline for both accounts with everything told at once, and a `deploy.yml` beside it. */
export function writeFiles({ slackSecret, modes = {} }: Wishes, into = CACHE): Files {
  mkdirSync(into, { recursive: true });
  const files = { baseline: join(into, 'baseline.yml'), deploy: join(into, 'deploy.yml') };
  writeFileSync(files.baseline, baselineText(modes));
  writeFileSync(
    files.deploy,
    `region: ${REGION}\nemail: platform@example.com\nslackSecret: ${slackSecret}\nexternalId: ${EXTERNAL_ID}\n`,
  );
  return files;
}

/** The shipped baseline with these modes, for both accounts, everything told at once. */
export function baselineText(modes: Readonly<Record<string, string | undefined>>): string {
  const shipped = readFileSync(join(ROOT, 'baseline.yml'), 'utf8');
  const lines = shipped.split('\n').flatMap((line) => {
    const id = /^ {2}([a-z0-9-]+): notify$/.exec(line)?.[1];
    if (id === undefined || !Object.hasOwn(modes, id)) return [line];
    return modes[id] === undefined ? [] : [`  ${id}: ${modes[id]}`];
  });
  return lines
    .join('\n')
    .replace('accounts: []', `accounts: ['${OWN}', '${MEMBER}']`)
    .replace(/^routes:\n(?: .*\n)+/m, 'routes:\n  - { name: all, when: now, to: [email, slack] }\n');
}
