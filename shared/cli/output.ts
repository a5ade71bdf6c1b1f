import { createColors } from 'picocolors';

/** The process ends with these: nothing found, findings, could not run, incomplete but nothing found, stopped by a person. */
export const EXIT = { fine: 0, findings: 1, failed: 2, incomplete: 3, stopped: 130 } as const;

/** Where the command writes: results to `out`, everything about the run itself to `err`. */
export interface Output {
  out(text: string): void;
  err(text: string): void;
  colour: ReturnType<typeof createColors>;
  /** Columns of the terminal; undefined where the output goes elsewhere and is not cut. */
  width: number | undefined;
}

const WHY: Readonly<Record<string, string>> = {
  EPIPE: 'Whoever read the output went away before its end: write it to a file instead.',
  ENOSPC: 'The output could not be written: The disk is full.',
  EDQUOT: 'The output could not be written: The disk is full.',
};

/** The process's own streams. A reader that goes away (`| head`) saw a part only: that must not pass for nothing found. */
export function processOutput({ stdout, stderr, env } = process): Output {
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    stderr.write(
      `eks-warden: ${WHY[error.code ?? ''] ?? `The output could not be written (${error.code ?? 'unknown'}).`}\n`,
    );
    process.exit(EXIT.failed);
  });
  return {
    out: (text) => {
      for (const some of parts(text)) stdout.write(some);
      stdout.write('\n');
    },
    err: (text) => stderr.write(`${text}\n`),
    colour: createColors(stdout.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb'),
    width: stdout.isTTY ? Math.max(60, stdout.columns || 80) : undefined,
  };
}

/** So many characters at least are written at once. */
const PART = 65_536;

/** Whole lines of a text: the bytes of a large one never stand beside it all at once. */
function* parts(text: string): Generator<string> {
  for (let from = 0; from < text.length; ) {
    const end = text.indexOf('\n', from + PART) + 1 || text.length;
    yield text.slice(from, end);
    from = end;
  }
}
