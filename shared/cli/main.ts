import { Command, CommanderError } from 'commander';
import packaged from '../../package.json' with { type: 'json' };
import { FileError, UserMistake } from '../runtime/errors.ts';
import { controlsCommand } from './controls.ts';
import { doctorCommand } from './doctor/command.ts';
import { fixesCommand } from './fixes/command.ts';
import { notifyCommand } from './notify/command.ts';
import { EXIT, type Output, processOutput } from './output.ts';
import { policyCommand } from './policy.ts';
import { replayCommand } from './replay/command.ts';
import { sweepCommand } from './sweep/command.ts';
import { plain } from './terminal.ts';
import { undoCommand } from './undo/command.ts';
import { problemsText, validateCommand } from './validate.ts';

function commands(output: Output): Command {
  const program = new Command('eks-warden')
    .description('Keeps every Amazon EKS estate at its security baseline.')
    .version(packaged.version)
    .option('--baseline <file>', 'the baseline to work with (default: ./baseline.yml, else the shipped one)')
    .showHelpAfterError('Help: npx eks-warden --help')
    .exitOverride();
  controlsCommand(program, output);
  validateCommand(program, output, Date.now);
  policyCommand(program, output, Date.now);
  replayCommand(program, output, Date.now, async (...asked) => {
    const { lookAtSnapshot } = await import('./replay/look-at-snapshot.ts');
    return lookAtSnapshot(...asked);
  });
  doctorCommand(program, output);
  notifyCommand(program, output);
  sweepCommand(program, output);
  fixesCommand(program, output);
  undoCommand(program, output);
  return program;
}

/** A person's mistake is told in a sentence; anything else is a bug and keeps its stack. */
function told(error: unknown, output: Output): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.fine : EXIT.failed;
  if (error instanceof FileError) {
    output.err(problemsText(error.file, error.problems, output));
    return EXIT.failed;
  }
  if (!(error instanceof UserMistake)) throw error;
  output.err(`eks-warden: ${plain(error.message)}`);
  return EXIT.failed;
}

const output = processOutput();
try {
  await commands(output).parseAsync();
} catch (error) {
  process.exitCode = told(error, output);
}
