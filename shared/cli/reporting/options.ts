import { type Command, InvalidArgumentError, Option } from 'commander';
import { didYouMean } from '../../baseline/suggest.ts';
import { SEVERITIES, type Severity } from '../../controls/define-control.ts';
import type { Format } from '../../reports/formats/index.ts';
import { FRAMEWORKS, type SelectionOptions } from './selection.ts';

/** The names alone: what writes them is loaded when it is used. Complete by its type. */
const IS_FORMAT: Readonly<Record<Format, true>> = {
  ...{ json: true, jsonl: true, csv: true, html: true, markdown: true },
  ...{ sarif: true, junit: true, ocsf: true, asff: true },
};
const FORMATS = Object.keys(IS_FORMAT) as readonly Format[];

/** Which account a command asks, as it was typed. */
export interface AccountOptions {
  profile?: string;
  roleArn?: string;
  region?: readonly string[];
  pace: boolean;
}

/** Words with commas in between; an option that is repeated adds to what it said before. */
export function words(text: string, before: readonly string[] = []): string[] {
  return [...before, ...text.split(',').map((word) => word.trim())].filter((word) => word !== '');
}

/** Whom to ask, and how fast. */
export function withAccountOptions(command: Command): Command {
  return command
    .addOption(new Option('--profile <name>', 'a profile of your AWS configuration'))
    .addOption(new Option('--role-arn <arn>', 'a role to take on first'))
    .addOption(
      new Option(
        '--region <regions>',
        'these regions (default: all that are enabled); repeat it, or use commas',
      ).argParser(words),
    )
    .addOption(new Option('--no-pace', 'ask as fast as AWS answers; by default the limits are left to others'));
}

/** What of it to judge. */
export function withSelectionOptions(command: Command): Command {
  const listed = (flags: string, description: string) => new Option(flags, description).argParser(words);
  return command
    .addOption(listed('--controls <ids>', 'only these controls'))
    .addOption(listed('--exclude-controls <ids>', 'all but these'))
    .addOption(listed('--severity <severities>', `only these: ${SEVERITIES.join(', ')}`))
    .addOption(listed('--framework <names>', `only controls that map to: ${Object.keys(FRAMEWORKS).join(', ')}`))
    .addOption(listed('--kinds <kinds>', 'only resources of these kinds'))
    .addOption(listed('--clusters <names>', 'only these clusters and what belongs to them'));
}

/** How a report is told, and when it counts as a failure. */
export interface TellingOptions {
  format?: readonly (Format | 'text')[];
  outputDirectory?: string;
  redact?: true;
  failOn: Severity;
  allowUnknown?: true;
}

export function withTellingOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        '--format <formats>',
        `text, or for programs ${FORMATS.join(', ')}; several with --output-directory`,
      ).argParser(formats),
    )
    .addOption(new Option('--output-directory <folder>', 'write files there, one for each format'))
    .addOption(new Option('--redact', 'without account ids, ARNs, addresses and names of persons'))
    .addOption(
      new Option('--fail-on <severity>', 'the least severity that ends with 1').choices([...SEVERITIES]).default('low'),
    )
    .addOption(new Option('--allow-unknown', 'end with 0 although something could not be judged'));
}

function formats(text: string, before: readonly (Format | 'text')[] = []): (Format | 'text')[] {
  const known = ['text', ...FORMATS] as const;
  const asked = words(text).map((word) => {
    const format = known.find((each) => each === word);
    if (format !== undefined) return format;
    throw new InvalidArgumentError(`There is no format ${JSON.stringify(word)}.${didYouMean(word, known)}`);
  });
  return [...new Set([...before, ...asked])];
}

/** The selection as typed, without the other options. */
export function selectedBy(options: SelectionOptions): SelectionOptions {
  const { controls, excludeControls, severity, framework, kinds, clusters } = options;
  return {
    ...(controls && { controls }),
    ...(excludeControls && { excludeControls }),
    ...(severity && { severity }),
    ...(framework && { framework }),
    ...(kinds && { kinds }),
    ...(clusters && { clusters }),
  };
}
