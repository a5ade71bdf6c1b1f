import { Argument, type Command } from 'commander';
import type { Output } from '../output.ts';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

export function completionCommand(program: Command, output: Output): void {
  program
    .command('completion')
    .summary('completion for bash, zsh or fish')
    .description(
      "Prints what makes your shell complete eks-warden's commands, options and their values. It completes the word eks-warden: with npx, say alias eks-warden='npx eks-warden' first.",
    )
    .addArgument(new Argument('<SHELL>', 'which shell').choices(SHELLS))
    .action(async (shell: Shell) => {
      const { completionFor } = await import('./completion.ts');
      output.out(completionFor(shell, program));
    });
}
