import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { writeFiles } from '../stack/files.ts';
import { OWN, REGION, ROOT } from '../stack/place.ts';
import { venvOf } from '../stack/python.ts';
import { serverless } from '../stack/serverless.ts';
import { ToolError } from '../stack/tool-error.ts';
import { cfnLint } from './cfn-lint.ts';
import type { Check } from './check.ts';
import { checkov } from './checkov.ts';

const INTO = join(ROOT, '.cache', 'template');
/** The hub's template as it is packaged with everything in it, the remediator and Slack included, and the derived ones. */
const TEMPLATES = [
  join(INTO, 'cloudformation-template-update-stack.json'),
  join(ROOT, 'events', 'collector.yml'),
  join(ROOT, 'events', 'members.yml'),
];

const say = (line: string) => process.stdout.write(`${line}\n`);

/** Packages the hub without AWS, and has two linters look at every template. */
async function run(): Promise<Check[]> {
  mkdirSync(INTO, { recursive: true });
  const secret = ['arn', 'aws', 'secretsmanager', REGION, OWN, 'secret:slack-a1b2c3'].join(':');
  const { baseline, deploy } = writeFiles(
    { slackSecret: secret, modes: { 'eks-control-plane-logging': 'remediate' } },
    INTO,
  );
  const nowhere = 'http://127.0.0.1:9';
  await serverless(nowhere, ['package', '--package', INTO], {
    EKS_WARDEN_BASELINE: baseline,
    EKS_WARDEN_DEPLOY: deploy,
  });
  return [...cfnLint(venvOf('cfn-lint', say), TEMPLATES), ...checkov(venvOf('checkov', say), TEMPLATES)];
}

try {
  const checks = await run();
  for (const { name, problems, notes } of checks) {
    say(`${problems.length === 0 ? '✓' : '×'} ${name}`);
    for (const line of [...notes, ...problems]) say(`    ${line}`);
  }
  const failed = checks.filter(({ problems }) => problems.length > 0).length;
  const counts = [...(failed > 0 ? [`${failed} failed`] : []), `${checks.length - failed} passed`];
  say(`\n      Tests  ${counts.join(' | ')} (${checks.length})`);
  process.exitCode = failed > 0 ? 1 : 0;
} catch (error) {
  if (!(error instanceof ToolError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
