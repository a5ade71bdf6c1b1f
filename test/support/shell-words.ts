import { execFileSync } from 'node:child_process';

/** Says what it was given, whatever becomes of its output, and answers as a command within `$( )` would. */
const say = (name: string) => `${name}() { { printf '%s\\0' ${name} "$@"; printf '\\036'; } >&3; echo ANSWER; }`;
const START = [
  'exec 3>&1 1>/dev/null 2>/dev/null',
  say('aws'),
  say('kubectl'),
  'command_not_found_handle() { { printf "%s\\0" STRAY "$@"; printf "\\036"; } >&3; }',
];

/** The commands that a real shell makes of these lines, word by word; none of them is run. */
export function shellWords(lines: readonly string[]): string[][] {
  const script = [...START, ...lines].join('\n');
  const out = execFileSync('/bin/bash', ['--noprofile', '--norc', '-c', script], { env: { PATH: '/nowhere' } });
  return out
    .toString()
    .split('\u001e')
    .filter((call) => call !== '')
    .map((call) => call.split('\0').slice(0, -1));
}
