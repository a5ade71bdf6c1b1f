import { relative } from 'node:path';
import { parseArgs } from 'node:util';
import { operatorSession } from '../aws/operator/session.ts';
import { FileError, UserMistake } from '../runtime/errors.ts';
import { plain } from '../runtime/terminal.ts';
import { bothFiles } from './both-files.ts';
import { deploy } from './deploy.ts';
import { dryRun } from './dry-run.ts';
import { remove } from './remove.ts';
import { filesOf } from './stack/settings.ts';

const USAGE = `npm run deploy                     installs eks-warden as deploy.yml and baseline.yml say, or brings it up to date
npm run deploy -- --dry-run        says what that would do
npm run deploy -- --remove         removes collectors and hub, and names what stays
npm run deploy -- --table NAME     takes that kept table back; new: none, and starts with an empty one
npm run deploy -- --profile NAME   with a profile of your AWS configuration`;

const OPTIONS = {
  'dry-run': { type: 'boolean', default: false },
  remove: { type: 'boolean', default: false },
  profile: { type: 'string' },
  table: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const say = (line: string) => void process.stdout.write(`${plain(line)}\n`);

async function run(): Promise<void> {
  const { values } = asked();
  if (values.help) return sayAll(USAGE);
  const files = filesOf();
  const wanted = bothFiles({ deploy: relative('', files.deploy), baseline: relative('', files.baseline) }, Date.now());
  if ('wrong' in wanted) throw new UserMistake(wanted.wrong.map(({ message }) => message).join('\n'));
  const { profile, table } = values;
  const deploying = {
    session: operatorSession({ region: wanted.deployment.region, profile }),
    wanted,
    env: { ...(profile === undefined ? {} : { AWS_PROFILE: profile }) },
    say,
    table,
    now: Date.now(),
  };
  if (values['dry-run']) return dryRun(deploying);
  return values.remove ? remove(deploying) : deploy(deploying);
}

function asked() {
  try {
    return parseArgs({ options: OPTIONS, allowPositionals: false });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new UserMistake(`${error.message.split('.')[0]}.\n${USAGE}`, { cause: error });
  }
}

/** Several lines of our own. */
function sayAll(text: string): void {
  for (const line of text.split('\n')) say(line);
}

try {
  await run();
} catch (error) {
  if (!(error instanceof UserMistake || error instanceof FileError)) throw error;
  for (const line of error.message.split('\n')) process.stderr.write(`${plain(line)}\n`);
  process.exitCode = 2;
}
