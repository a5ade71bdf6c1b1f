import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Output } from '../output.ts';

export interface CostOptions {
  clusters: number;
  events: number;
  format: string;
}

export function costCommand(program: Command, output: Output): void {
  program
    .command('cost')
    .summary('what eks-warden itself costs in a month')
    .description(
      "Computes what eks-warden costs in a month, item by item: from calls that were counted, and AWS's list prices in us-east-1 without free tiers. It asks AWS for nothing.",
    )
    .addOption(new Option('--clusters <count>', 'clusters that are watched').argParser(whole).default(5))
    .addOption(
      new Option('--events <count>', 'changes in a month that concern what is watched')
        .argParser(whole)
        .default(50_000),
    )
    .addOption(
      new Option('--format <format>', 'for people or for programs').choices(['table', 'json']).default('table'),
    )
    .action(async (options: CostOptions) => {
      const { costText } = await import('./tell.ts');
      output.out(costText(options, output));
    });
}

function whole(text: string): number {
  if (/^(?:0|[1-9]\d{0,11})$/.test(text)) return Number(text);
  throw new InvalidArgumentError('A whole number is wanted.');
}
