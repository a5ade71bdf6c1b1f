import type { Command } from 'commander';
import { Option } from 'commander';
import { count } from '../arguments.ts';
import { type Which, withHubOptions } from '../hub-options.ts';
import { EXIT, type Output } from '../output.ts';

export interface UndoOptions extends Which {
  baseline?: string;
  yes?: boolean;
  wait: number;
}

export function undoCommand(program: Command, output: Output): void {
  withHubOptions(program.command('undo'))
    .summary('take a fix back')
    .description(
      'Puts back what was there before a fix, if the resource is still as the fix left it. The finding opens again, and is not fixed again by itself.',
    )
    .argument('<FIX>', 'the id of a fix, or its beginning: npx eks-warden fixes')
    .addOption(new Option('--yes', 'without asking'))
    .addOption(new Option('--wait <seconds>', 'how long to wait for what becomes of it').argParser(count).default(300))
    .action(async (id: string, _: UndoOptions, command: Command) => {
      const { undoFix } = await import('./undo-fix.ts');
      const outcome = await undoFix(id, command.optsWithGlobals<UndoOptions>(), output);
      process.exitCode = { undone: EXIT.fine, refused: EXIT.findings, unknown: EXIT.incomplete }[outcome];
    });
}
