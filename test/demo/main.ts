import { EXIT, processOutput } from '../../shared/cli/output.ts';
import { plain } from '../../shared/cli/terminal.ts';
import { BaselineError, UserMistake } from '../../shared/runtime/errors.ts';
import { argumentsOf, HELP } from './arguments.ts';
import { demo } from './demo.ts';
import { StoryError } from './story/read-story.ts';

const output = processOutput();
try {
  const asked = argumentsOf(process.argv.slice(2));
  if (asked.help) output.out(HELP);
  else await demo(asked, output);
} catch (error) {
  const isMistake = error instanceof StoryError || error instanceof UserMistake || error instanceof BaselineError;
  if (!isMistake) throw error;
  for (const line of error.message.split('\n')) output.err(plain(line));
  process.exitCode = EXIT.failed;
}
