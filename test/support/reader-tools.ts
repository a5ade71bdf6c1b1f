import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './pages.ts';
import { aSample } from './samples.ts';

const SEEN = ['eks-UpdateClusterConfig', 'iam-AttachRolePolicy', 'ec2-AuthorizeSecurityGroupIngress'];

/** What `aws cloudtrail lookup-events` prints: each record is a string. */
function lookupAnswer(): string {
  const events = SEEN.map((name) => {
    const { detail } = aSample(name);
    return { EventId: detail.eventID, EventName: detail.eventName, CloudTrailEvent: JSON.stringify(detail) };
  });
  return JSON.stringify({ Events: events });
}

/**
 * A folder of stand-ins for what a reader of the documentation has: `aws` answers one question, `npx eks-warden` is this
 * checkout's command, and `npm` only looks whether the script and the files that it is given exist.
 */
export function readerTools(folder: string): string {
  const bin = join(folder, 'bin');
  mkdirSync(bin, { recursive: true });
  writeFileSync(join(folder, 'answer.json'), lookupAnswer());
  const tools = {
    aws: `[ "$1 $2" = "cloudtrail lookup-events" ] && exec cat '${join(folder, 'answer.json')}'`,
    npx: `[ "$1" = "eks-warden" ] && shift && exec '${process.execPath}' '${join(ROOT, 'shared', 'cli', 'bin.mjs')}' "$@"`,
    npm: `exec '${process.execPath}' '${join(folder, 'npm.mjs')}' "$@"`,
  };
  for (const [name, body] of Object.entries(tools)) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${body}\necho "no such use of ${name}: $*" >&2\nexit 64\n`);
    chmodSync(join(bin, name), 0o755);
  }
  writeFileSync(join(folder, 'npm.mjs'), NPM);
  return bin;
}

const NPM = `
import { existsSync, readFileSync } from 'node:fs';
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
const [verb, ...rest] = process.argv.slice(2);
const name = verb === 'run' ? rest[0] : verb;
const fail = (why) => { console.error(why); process.exit(64); };
if (name !== 'ci') {
  if (!Object.hasOwn(scripts, name)) fail('package.json has no script ' + name + '.');
  const file = /node (?:--\\S+ )*(\\S+\\.ts)/.exec(scripts[name])?.[1];
  if (file !== undefined && !existsSync(file)) fail(file + ' does not exist.');
}
for (const file of rest.filter((word) => /\\.ya?ml$/.test(word))) if (!existsSync(file)) fail(file + ' does not exist.');
`;
