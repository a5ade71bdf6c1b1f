import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { SHELLS } from '../../shared/cli/completion/command.ts';
import { completionFor } from '../../shared/cli/completion/completion.ts';
import { pathsOf } from '../../shared/cli/examples.ts';
import type { Output } from '../../shared/cli/output.ts';
import { commands } from '../../shared/cli/program.ts';
import { runCommand } from '../support/run-command.ts';

const folder = mkdtempSync(join(tmpdir(), 'eks-warden-'));
afterAll(() => rmSync(folder, { recursive: true }));

const program = commands({} as Output);
const top = program.commands.map((command) => command.name()).sort();
const bash = completionFor('bash', program);

/** What bash offers behind these words; the last one is what is being typed. */
function offered(...words: string[]): string[] {
  const typed = ['eks-warden', ...words].map((word) => `'${word}'`).join(' ');
  const script = `${bash}\nCOMP_WORDS=(${typed}); COMP_CWORD=${words.length}; _eks_warden; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync('bash', ['-c', script], { encoding: 'utf8' }).split('\n').filter(Boolean).sort();
}

it('bash completes commands, and those of a group', () => {
  expect(offered('').filter((word) => !word.startsWith('-'))).toEqual(top);
  expect(offered('re')).toEqual(top.filter((name) => name.startsWith('re')));
  expect(offered('sweep', 'st')).toEqual(['start', 'status']);
});

it('bash completes options and what they take', () => {
  expect(offered('mute', '--l')).toEqual(['--lift', '--list']);
  expect(offered('cost', '--format', '')).toEqual(['json', 'table']);
  expect(offered('fixes', 'pause', '--')).toEqual(expect.arrayContaining(['--hub-region', '--profile', '--stack']));
  expect(offered('completion', '')).toEqual(expect.arrayContaining([...SHELLS]));
});

it('bash leaves values that nobody can know to file names', () => {
  expect(offered('mute', '--reason', '')).toEqual([]);
});

it.each(SHELLS)('%s gets every command and every option', (shell) => {
  const text = completionFor(shell, program);
  const missing = pathsOf(program).flatMap(([path, command]) => {
    const flags = command.options.flatMap(({ long }) => long?.slice(2) ?? []);
    return [command.name(), ...flags].filter((word) => !text.includes(word)).map((word) => `${path} ${word}`);
  });
  expect(missing).toEqual([]);
});

/** Quotes and brackets of the text as the shell itself reads them. */
it.each(SHELLS)('%s reads its script without complaint, where it is installed', (shell) => {
  const file = join(folder, `script.${shell}`);
  writeFileSync(file, completionFor(shell, program));
  const ran = spawnSync(shell, ['-n', file], { encoding: 'utf8' });
  const isMissing = (ran.error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT';
  expect(isMissing ? 'not installed' : [ran.status, ran.stderr]).toEqual(isMissing ? 'not installed' : [0, '']);
});

it('every line of the fish script is one complete command with closed quotes', () => {
  const lines = completionFor('fish', program).split('\n').slice(1);
  const whole = /^complete -c eks-warden(?: -(?:f|r|F|x|[nad] (?:'(?:[^'\\]|\\.)*'|[\w-]+)|l [\w-]+))*$/;
  expect(lines.filter((line) => !whole.test(line))).toEqual([]);
});

it('completion prints the script, and knows three shells', async () => {
  const [good, bad] = await Promise.all([runCommand(['completion', 'bash']), runCommand(['completion', 'tcsh'])]);
  expect([good, bad]).toEqual([
    { code: 0, err: '', out: `${bash}\n` },
    { code: 2, out: '', err: expect.stringContaining('Allowed choices are bash, zsh, fish.') },
  ]);
});
