import { type Command, Option } from 'commander';
import type { Clock } from '../../runtime/clock.ts';
import { UserMistake } from '../../runtime/errors.ts';
import { baselineFor } from '../baseline-file.ts';
import { EXIT, type Output } from '../output.ts';
import { filesOf } from './inputs.ts';
import { type Outcome, replay } from './replay.ts';
import type { LookAtSnapshot } from './replayed.ts';
import { jsonTeller } from './tell-json.ts';
import { tableTeller } from './tell-table.ts';

const DESCRIPTION =
  'Shows what eks-warden would do about recorded CloudTrail events: which it ignores and why, which resources it ' +
  'would read again and for which controls, who made each change, with what and from where. Nothing is called or changed.';

const FORMS = `
PATH is a file, a folder (its whole tree) or - for standard input. Read as they come, plain or gzip:
  CloudTrail's files in S3 ({"Records":[…]}), EventBridge events, JSON lines, lists,
  and the answer of aws cloudtrail lookup-events ({"Events":[…]}).

  aws cloudtrail lookup-events --max-items 500 | npx eks-warden replay -

Exit codes: 0 all read, 1 open findings (with --snapshot), 2 could not run, 3 something could not be read.
A control that judges what uses a resource (a node group by its subnet) stands at the resource that changed.
Records are counted from 1. Scopes that select by tags need a snapshot: events do not tell a resource's tags.`;

interface Options {
  format: 'table' | 'json';
  snapshot?: string;
}

export function replayCommand(program: Command, output: Output, now: Clock, look?: LookAtSnapshot): void {
  const command = program
    .command('replay')
    .summary('what recorded events would lead to')
    .description(DESCRIPTION)
    .argument('<PATH...>', 'files, folders, or - for standard input')
    .addOption(
      new Option('--format <format>', 'for people or for programs').choices(['table', 'json']).default('table'),
    )
    .addHelpText('after', FORMS);
  if (look) command.option('--snapshot <file>', 'judge what the events touch as this snapshot shows it');
  command.action(async (paths: string[], { format, snapshot }: Options, { parent }: Command) => {
    const files = filesOf(paths);
    const baseline = baselineFor(parent?.opts<{ baseline?: string }>().baseline, now());
    // A snapshot that cannot be read is told before anything else is printed.
    const held: string[] = [];
    const into = snapshot === undefined ? output : { ...output, out: (text: string) => void held.push(text) };
    const teller = format === 'json' ? jsonTeller(into) : tableTeller(into);
    const seen = look && snapshot !== undefined ? { snapshot: { file: snapshot, look } } : {};
    const outcome = await replay({ files, baseline, teller, ...seen });
    for (const text of held) output.out(text);
    process.exitCode = exitOf(outcome, paths);
  });
}

function exitOf({ understood, errors, ignored, open, unknown }: Outcome, paths: readonly string[]): number {
  if (understood === 0 && (errors > 0 || ignored['not an event'] !== undefined)) {
    throw new UserMistake(
      `No event of CloudTrail's was found in ${paths.join(', ')}: npx eks-warden replay --help tells what is read.`,
    );
  }
  if (open.some((severity) => severity !== 'info')) return EXIT.findings;
  return errors + unknown > 0 ? EXIT.incomplete : EXIT.fine;
}
