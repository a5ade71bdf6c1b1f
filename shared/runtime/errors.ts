/** A missing or wrong setting: fatal at cold start, a mistake of the installation and never of a message. */
export class SettingError extends Error {
  override name = 'SettingError';
}

/** One thing that is wrong in a file that a person wrote. Lines and columns count from 1. */
export interface Problem {
  path: string;
  line: number;
  column: number;
  /** What is wrong, which value, and what to write instead: one sentence. */
  problem: string;
}

/** A file that a person wrote and that cannot be used. It lists every problem, not just the first. */
export class FileError extends Error {
  override name = 'FileError';
  readonly file: string;
  readonly problems: readonly Problem[];

  constructor(file: string, problems: readonly Problem[]) {
    super(problems.map(({ line, column, problem }) => `${file}:${line}:${column} ${problem}`).join('\n'));
    this.file = file;
    this.problems = problems;
  }
}

export class BaselineError extends FileError {
  override name = 'BaselineError';
}

export class DeploymentError extends FileError {
  override name = 'DeploymentError';
}

/** A queue message that is none of ours: it fails alone and ends in the dead-letter queue. */
export class PoisonMessage extends Error {
  override name = 'PoisonMessage';
}

/** What a person typed or named cannot be used; shown as one sentence, without a stack, with exit code 2. */
export class UserMistake extends Error {
  override name = 'UserMistake';
}
