import { createInterface } from 'node:readline/promises';
import { UserMistake } from '../../runtime/errors.ts';

interface Terminal {
  stdin: NodeJS.ReadableStream & { isTTY?: boolean };
  stdout: NodeJS.WritableStream & { isTTY?: boolean };
}

/** Asks on a terminal; elsewhere nobody can answer, and `--yes` has to say it beforehand. */
export async function confirmed(question: string, { stdin, stdout }: Terminal = process): Promise<boolean> {
  if (!stdin.isTTY || !stdout.isTTY) throw new UserMistake('Nobody can be asked here: say --yes to go on.');
  const line = createInterface({ input: stdin, output: stdout });
  try {
    return /^y(es)?$/i.test((await line.question(`${question} [y/N] `)).trim());
  } finally {
    line.close();
  }
}
