import { type Command, Option } from 'commander';
import { MODES } from '../baseline/baseline.ts';
import { known } from '../baseline/load.ts';
import { readBaseline } from '../baseline/read.ts';
import type { BaselineFile } from '../baseline/schema.ts';
import { deploymentOf, isDeployment } from '../deployment/deploy-file.ts';
import type { Deployment } from '../deployment/deployment.ts';
import { watchedRegions } from '../deployment/watched-regions.ts';
import type { Clock } from '../runtime/clock.ts';
import { DAY } from '../runtime/clock.ts';
import type { Problem } from '../runtime/errors.ts';
import { type BaselineText, baselineText } from './baseline-file.ts';
import { deployText } from './deploy-file.ts';
import { EXIT, type Output } from './output.ts';
import { counted, plain, safeJson } from './terminal.ts';

const UNFILLED = 'not filled in yet. Write an e-mail address into it before npm run deploy.';

interface Validated {
  file: string;
  problems: readonly Problem[];
  /** One line about what the file says, where nothing is wrong with it. */
  summary: string;
}

export function validateCommand(program: Command, output: Output, now: Clock): void {
  program
    .command('validate')
    .summary('check a baseline and a deploy.yml')
    .description('Checks the files and tells every problem at once: where it is and what to write instead.')
    .argument('[FILE]', 'a baseline or a deploy.yml; without it ./baseline.yml, else the shipped one, and ./deploy.yml')
    .addOption(new Option('--format <format>', 'for people or for programs').choices(['text', 'json']).default('text'))
    .action((file: string | undefined, { format }: { format: string }, { parent }: Command) => {
      const files = filesFor(file, parent?.opts<{ baseline?: string }>().baseline);
      const [unfilled] = file === undefined ? files.slice(1).filter(({ text }) => isUnfilled(text)) : [];
      const validated = files.filter((each) => each !== unfilled).map((each) => validate(each, now()));
      if (format === 'json') output.out(safeJson(jsonOf(validated), 2));
      else for (const each of validated) tell(each, output);
      if (unfilled && format === 'text') output.out(`${plain(unfilled.file)}: ${UNFILLED}`);
      if (validated.some(({ problems }) => problems.length > 0)) process.exitCode = EXIT.failed;
    });
}

/** One file that was named, else the two that belong together. */
function filesFor(named: string | undefined, baseline: string | undefined): BaselineText[] {
  if (named !== undefined || baseline !== undefined) return [baselineText(named ?? baseline)];
  const deployment = deployText();
  return [baselineText(), ...(deployment === undefined ? [] : [deployment])];
}

/** As shipped `deploy.yml` has no e-mail: whoever tunes a baseline before anything is deployed has made no mistake. */
function isUnfilled(text: string): boolean {
  const read = deploymentOf(text);
  if (!('problems' in read)) return false;
  return read.problems.every(({ path, problem }) => path === 'email' && problem.includes(' is empty: '));
}

function validate({ file, text }: BaselineText, now: number): Validated {
  if (isDeployment(text)) {
    const read = deploymentOf(text);
    if ('problems' in read) return { file, problems: read.problems, summary: '' };
    return { file, problems: [], summary: deploymentSummary(read.deployment) };
  }
  const read = readBaseline(text, known(now));
  if ('problems' in read) return { file, problems: read.problems, summary: '' };
  return { file, problems: [], summary: baselineSummary(read.data, now) };
}

function tell({ file, problems, summary }: Validated, output: Output): void {
  if (problems.length > 0) output.err(problemsText(file, problems, output));
  else output.out(`${plain(file)}: ok. ${summary}`);
}

/** The first file, with the one that goes with it beside. */
function jsonOf(validated: readonly Validated[]) {
  const [first, deployment] = validated.map(({ file, problems }) => ({ file, ok: problems.length === 0, problems }));
  return deployment === undefined ? first : { ...first, ok: first?.ok === true && deployment.ok, deployment };
}

/** `file:line:column sentence`, one a line, as compilers write them. */
export function problemsText(file: string, problems: readonly Problem[], { colour }: Pick<Output, 'colour'>): string {
  const lines = problems.map(
    ({ line, column, problem }) => `${colour.bold(plain(`${file}:${line}:${column}`))} ${plain(problem)}`,
  );
  return [...lines, `${counted(problems.length, 'problem')}.`].join('\n');
}

function deploymentSummary(deployment: Deployment): string {
  const slack = deployment.slackSecret === undefined ? 'no Slack' : 'Slack';
  return `${deployment.name} in ${deployment.region}, watching ${watchedRegions(deployment).join(', ')}; e-mail, ${slack}.`;
}

function baselineSummary({ controls, scopes = [], waivers = [], routes = [] }: BaselineFile, now: number): string {
  const modes = Object.values(controls).map((setting) => (typeof setting === 'string' ? setting : setting?.mode));
  const counts = MODES.flatMap((mode) => {
    const count = modes.filter((each) => each === mode).length;
    return count > 0 ? [`${count} ${mode}`] : [];
  });
  const ended = waivers.filter(({ until }) => Date.parse(until) + DAY <= now).length;
  const parts = [
    `${counted(modes.length, 'control')} (${counts.join(', ') || 'none'})`,
    counted(scopes.length, 'scope'),
    `${counted(waivers.length, 'waiver')}${ended > 0 ? ` (${ended} ended: they cover nothing)` : ''}`,
    counted(routes.length, 'route'),
  ];
  return `${parts.join(', ')}.`;
}
