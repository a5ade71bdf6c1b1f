import { SECOND } from '../../runtime/clock.ts';
import { EXIT } from '../output.ts';

/** Ctrl-C ends the work with what is known; a second one, a second later, ends the process at once. */
export function stoppable(): { signal: AbortSignal; release(): void } {
  const stopping = new AbortController();
  let first: number | undefined;
  const stop = () => {
    // A terminal tells every process of a command, and so does the one that started this: that is one press.
    if (first !== undefined && Date.now() - first > SECOND) process.exit(EXIT.stopped);
    first ??= Date.now();
    stopping.abort();
  };
  const signals = ['SIGINT', 'SIGTERM'] as const;
  for (const signal of signals) process.on(signal, stop);
  return {
    signal: stopping.signal,
    release() {
      for (const signal of signals) process.off(signal, stop);
    },
  };
}

/** Ends the process although calls are still under way: whoever stopped it does not wait for them. */
export function endNow(code: number): void {
  process.exitCode = code;
  process.stdout.write('', () => process.stderr.write('', () => process.exit(code)));
}
