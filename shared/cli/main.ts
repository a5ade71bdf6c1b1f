import { CommanderError } from 'commander';
import { FileError, UserMistake } from '../runtime/errors.ts';
import { EXIT, type Output, processOutput } from './output.ts';
import { commands } from './program.ts';
import { plain } from './terminal.ts';
import { problemsText } from './validate.ts';

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
