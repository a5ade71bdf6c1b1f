import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Shell } from '../../shared/cli/completion/command.ts';
import { completionFor } from '../../shared/cli/completion/completion.ts';
import type { Output } from '../../shared/cli/output.ts';
import { commands } from '../../shared/cli/program.ts';

const folder = mkdtempSync(join(tmpdir(), 'eks-warden-'));
afterAll(() => rmSync(folder, { recursive: true }));

const program = commands({} as Output);
const top = program.commands.map((command) => command.name()).sort();
const isInstalled = (shell: Shell) => spawnSync(shell, ['--version']).error === undefined;

/** Types a line and a tab into an interactive zsh, and keeps what is handed to the completion as matching. */
const TYPED = `zmodload zsh/zpty
zpty inner zsh -f -i
zpty -w inner 'PS1= ; PS2= ; autoload -Uz compinit; compinit -D -u'
zpty -w inner "source $1"
zpty -w inner "found=$2"
zpty -w inner 'compadd() { local -a hits; if (( \${@[(I)-(O|A|D)]} )); then builtin compadd "$@"; return; fi; builtin compadd -O hits "$@"; print -rl -- $hits >> $found; builtin compadd "$@" }'
zpty -w inner 'ended() { exit }; comppostfuncs=(ended)'
zpty -w -n inner "$3"$'\\t'
while zpty -r inner line; do :; done
`;

/** What the shell itself offers behind a line, without what it says about it. */
const OFFERED: Readonly<Record<Exclude<Shell, 'bash'>, (line: string, script: string) => string>> = {
  zsh(line, script) {
    const [typed, found] = [join(folder, 'typed.zsh'), join(folder, 'found')];
    writeFileSync(typed, TYPED);
    rmSync(found, { force: true });
    execFileSync('zsh', ['-f', typed, script, found, line], { timeout: 60_000, stdio: 'ignore' });
    return existsSync(found) ? readFileSync(found, 'utf8') : '';
  },
  fish: (line, script) =>
    execFileSync('fish', ['--no-config', '-c', 'source $argv[1]; complete -C $argv[2]', script, line], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH, HOME: folder },
    }),
};

describe.each(['zsh', 'fish'] as const)('completion in %s', (shell) => {
  const offered = (line: string): string[] => {
    const script = join(folder, `script.${shell}`);
    writeFileSync(script, completionFor(shell, program));
    const words = OFFERED[shell](line, script)
      .split('\n')
      .map((each) => each.split('\t')[0] ?? '');
    return words.filter(Boolean).sort();
  };

  it.skipIf(!isInstalled(shell))('offers commands, those of a group, options and what they take', () => {
    const commandsOf = (line: string) => offered(line).filter((word) => !word.startsWith('-'));
    expect([
      commandsOf('eks-warden '),
      commandsOf('eks-warden sweep st'),
      offered('eks-warden mute --l'),
      offered('eks-warden cost --format '),
      commandsOf('eks-warden completion '),
    ]).toEqual([top, ['start', 'status'], ['--lift', '--list'], ['json', 'table'], ['bash', 'fish', 'zsh']]);
  });

  it.skipIf(!isInstalled(shell))('offers files to a command that takes them', () => {
    writeFileSync(join(folder, 'monday.json.gz'), '');
    for (const command of ['diff', 'replay', 'validate'])
      expect(offered(`eks-warden ${command} ${folder}/mon`).map((path) => basename(path))).toEqual(['monday.json.gz']);
  });
});
