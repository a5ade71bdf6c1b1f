import { type Command, Option } from 'commander';
import { MODES } from '../baseline/baseline.ts';
import { known } from '../baseline/load.ts';
import { readBaseline } from '../baseline/read.ts';
import type { BaselineFile } from '../baseline/schema.ts';
import type { Clock } from '../runtime/clock.ts';
import { DAY } from '../runtime/clock.ts';
import type { Problem } from '../runtime/errors.ts';
import { baselineText } from './baseline-file.ts';
import { EXIT, type Output } from './output.ts';
import { counted, plain, safeJson } from './terminal.ts';

export function validateCommand(program: Command, output: Output, now: Clock): void {
  program
    .command('validate')
    .summary('check a baseline')
    .description('Checks a baseline and tells every problem at once: where it is and what to write instead.')
    .argument('[FILE]', 'a baseline; without it ./baseline.yml, else the shipped one')
    .addOption(new Option('--format <format>', 'for people or for programs').choices(['text', 'json']).default('text'))
    .action((file: string | undefined, { format }: { format: string }, { parent }: Command) => {
      const { file: name, text } = baselineText(file ?? parent?.opts<{ baseline?: string }>().baseline);
      const read = readBaseline(text, known(now()));
      const problems = 'problems' in read ? read.problems : [];
      if (format === 'json') output.out(safeJson({ file: name, ok: problems.length === 0, problems }, 2));
      else if ('problems' in read) output.err(problemsText(name, problems, output));
      else output.out(summary(name, read.data, now()));
      if (problems.length > 0) process.exitCode = EXIT.failed;
    });
}

/** `file:line:column sentence`, one a line, as compilers write them. */
export function problemsText(file: string, problems: readonly Problem[], { colour }: Pick<Output, 'colour'>): string {
  const lines = problems.map(
    ({ line, column, problem }) => `${colour.bold(plain(`${file}:${line}:${column}`))} ${plain(problem)}`,
  );
  return [...lines, `${counted(problems.length, 'problem')}.`].join('\n');
}

function summary(
  file: string,
  { controls, scopes = [], waivers = [], routes = [] }: BaselineFile,
  now: number,
): string {
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
  return `${plain(file)}: ok. ${parts.join(', ')}.`;
}
