import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { iamRegionOf, partitionOf } from '../../aws/partition.ts';
import { loadBaseline } from '../../baseline/load.ts';
import { deploymentOf, readDeployment } from '../../deployment/deploy-file.ts';
import type { Report } from '../../reports/report.ts';
import { UserMistake } from '../../runtime/errors.ts';
import { EXIT, type Output } from '../output.ts';
import { progressLine } from '../reporting/progress.ts';
import { reportOfScan } from '../reporting/report-of-scan.ts';
import { counted, plain } from '../terminal.ts';
import type { InitOptions } from './command.ts';
import { baselineWritten, clusterRegions, type Deploying, deployWritten } from './written.ts';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const FILES = ['baseline.yml', 'deploy.yml'] as const;
const SAMPLE_EMAIL = 'somebody@example.org';
const DEFAULT_REGION = iamRegionOf('aws');

/** Looks, asks, writes both files; resolves to the exit code. */
export async function init(options: InitOptions, output: Output): Promise<number> {
  const there = FILES.filter((file) => existsSync(file));
  if (there.length > 0 && !options.force) {
    throw new UserMistake(
      `${there.join(' and ')} ${there.length > 1 ? 'are' : 'is'} here already: go to an empty folder, or say --force to write over.`,
    );
  }
  const shipped = Object.fromEntries(FILES.map((file) => [file, readFileSync(join(ROOT, file), 'utf8')]));
  const { profile, roleArn, region: regions } = options;
  const email = await emailFor(options);
  output.err('Looking at the account; nothing in it is changed.');
  const progress = progressLine();
  const report = await reportOfScan(
    {
      baseline: join(ROOT, 'baseline.yml'),
      ...(profile === undefined ? {} : { profile }),
      ...(roleArn === undefined ? {} : { roleArn }),
      ...(regions === undefined ? {} : { regions }),
    },
    { note: (text) => output.err(plain(text)), tell: progress.tell },
  );
  progress.end();
  const deploying = deployingOf(report, options, email);
  const baseline = baselineWritten(shipped['baseline.yml'] ?? '', report);
  const deploy = deployWritten(shipped['deploy.yml'] ?? '', deploying);
  loadBaseline(baseline, 'baseline.yml', Date.now());
  if (deploying.email !== '') readDeployment(deploy, 'deploy.yml');
  writeFileSync('baseline.yml', baseline);
  writeFileSync('deploy.yml', deploy);
  output.out(told(report, deploying));
  return EXIT.fine;
}

/** The region of most clusters, unless one was named; the IAM region is watched anyhow. */
function deployingOf(report: Report, { region: named, slackSecret }: InitOptions, email: string): Deploying {
  const found = clusterRegions(report).map(({ region }) => region);
  const region = named?.[0] ?? found[0] ?? process.env.AWS_REGION ?? process.env.AWS_DEFAULT_REGION ?? DEFAULT_REGION;
  const anyhow = iamRegionOf(partitionOf(region));
  return { region, email, regions: found.filter((each) => each !== region && each !== anyhow), slackSecret };
}

/** What was said, else what is answered on a terminal; elsewhere it stays empty, and `validate` asks for it. */
async function emailFor({ email }: InitOptions): Promise<string> {
  if (email !== undefined) return checked(email);
  const { stdin, stderr } = process;
  if (!stdin.isTTY || !stderr.isTTY) return '';
  const line = createInterface({ input: stdin, output: stderr });
  try {
    return checked((await line.question('Who gets notices and alarms by mail? ')).trim());
  } finally {
    line.close();
  }
}

function checked(email: string): string {
  if (email === '') return '';
  const read = deploymentOf(`region: eu-west-1\nemail: ${JSON.stringify(email)}\n`);
  if (!('problems' in read)) return email;
  throw new UserMistake(`${JSON.stringify(email)} is no e-mail address: write one such as ${SAMPLE_EMAIL}.`);
}

function told(report: Report, { region, regions, email }: Deploying): string {
  const failing = new Set(report.verdicts.filter(({ verdict }) => verdict === 'fail').map(({ control }) => control));
  const found = clusterRegions(report);
  const clusters = found.reduce((sum, each) => sum + each.clusters, 0);
  const where = found.map((each) => `${each.clusters} in ${each.region}`).join(', ');
  const incomplete = report.scopes.filter(({ complete }) => !complete);
  return [
    `${counted(clusters, 'cluster')}${where === '' ? '' : ` (${where})`} and what belongs to them: ${counted(report.verdicts.length, 'verdict')}.`,
    `baseline.yml: ${counted(failing.size, 'control')} in observe, because something fails today; all others in notify.`,
    `deploy.yml: eks-warden will stand in ${region}${regions.length === 0 ? '' : `, and watch ${regions.join(', ')} too`}.`,
    ...incomplete.map(({ account, region: scope, unread: [first] }) =>
      plain(`Not read completely: ${account} ${scope}: ${first?.why ?? 'it was not looked at to its end.'}`),
    ),
    ...(email === '' ? ['Still missing: the e-mail in deploy.yml.'] : []),
    'Next: npx eks-warden validate, npx eks-warden doctor --before-deploy, npm run deploy',
  ].join('\n');
}
