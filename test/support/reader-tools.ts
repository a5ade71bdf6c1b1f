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

/**
 * Stand-ins for pages whose commands work on an account: nothing is asked of AWS. `npx eks-warden` says whether the command
 * and each of its options exist, `aws` whether the templates it names are derived, and `npm` as above.
 */
export function operatorTools(folder: string): string {
  const bin = join(folder, 'operator');
  readerTools(folder);
  mkdirSync(bin, { recursive: true });
  for (const name of ['aws', 'npx', 'npm']) {
    writeFileSync(
      join(bin, name),
      `#!/bin/sh\nexec '${process.execPath}' '${join(folder, `operator-${name}.mjs`)}' "$@"\n`,
    );
    chmodSync(join(bin, name), 0o755);
  }
  writeFileSync(join(folder, 'operator-npm.mjs'), NPM);
  writeFileSync(join(folder, 'operator-aws.mjs'), AWS);
  writeFileSync(join(folder, 'operator-npx.mjs'), NPX);
  return bin;
}

const FAIL = 'const fail = (why) => { console.error(why); process.exit(64); };';

const AWS = `
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
${FAIL}
const files = process.argv.slice(2).flatMap((word) => /(?:file:\\/\\/)?([^=\\s]+\\.ya?ml)$/.exec(word)?.[1] ?? []);
for (const file of files) if (!existsSync('events/' + basename(file))) fail(file + ' is derived from nothing.');
console.log('answer');
`;

const NPX = `
import { spawnSync } from 'node:child_process';
${FAIL}
const [tool, ...words] = process.argv.slice(2);
if (tool === 'serverless') {
  if (!['deploy', 'package', 'remove'].includes(words[0])) fail('serverless ' + words[0] + ' is not used here.');
  process.exit(0);
}
if (tool !== 'eks-warden') fail('no such use of npx: ' + tool);
const { status, stdout } = spawnSync(process.execPath, ['shared/cli/bin.mjs', ...words, '--help'], { encoding: 'utf8' });
const named = words.filter((word) => /^[a-z]/.test(word)).slice(0, 1);
if (status !== 0 || named.some((word) => !stdout.startsWith('Usage: eks-warden ' + word))) fail('no command: ' + words.join(' '));
for (const flag of words.filter((word) => word.startsWith('--'))) if (!stdout.includes(flag)) fail('no option ' + flag + ': ' + words.join(' '));
`;

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
