import { type Command, Option } from 'commander';
import { didYouMean } from '../baseline/suggest.ts';
import { CATALOGUE } from '../controls/catalogue.ts';
import type { AnyControl } from '../controls/define-control.ts';
import { UserMistake } from '../runtime/errors.ts';
import { controlJson } from './control-json.ts';
import { controlPage } from './control-page.ts';
import type { Output } from './output.ts';
import { severityColour } from './severity-colour.ts';
import { type Column, headText, tableText, widthsFor } from './table.ts';
import { counted, safeJson } from './terminal.ts';

const COLUMNS: readonly Column[] = [
  { title: 'Control', least: 20, fixed: true },
  { title: 'Severity', least: 8, fixed: true },
  { title: 'Fix', least: 7, fixed: true },
  { title: 'Judges', least: 9 },
  { title: 'Title', least: 16 },
];

export function controlsCommand(program: Command, output: Output): void {
  program
    .command('controls')
    .summary('what is judged')
    .description('Lists the controls of the catalogue, or shows those that are named.')
    .argument('[ID...]', 'ids of controls')
    .addOption(
      new Option('--format <format>', 'for people or for programs').choices(['table', 'json']).default('table'),
    )
    .action((ids: string[], { format }: { format: string }) => {
      const controls = ids.length > 0 ? ids.map(named) : CATALOGUE;
      if (format === 'json') output.out(safeJson(controls.map(controlJson), 2));
      else if (ids.length > 0)
        output.out(controls.map((each) => controlPage(controlJson(each), each, output)).join('\n\n'));
      else output.out(listText(controls, output));
    });
}

function named(id: string): AnyControl {
  const control = CATALOGUE.find((each) => each.id === id);
  if (control) return control;
  const ids = CATALOGUE.map((each) => each.id);
  throw new UserMistake(
    `There is no control ${JSON.stringify(id)}.${didYouMean(id, ids)} All: npx eks-warden controls`,
  );
}

function listText(controls: readonly AnyControl[], output: Output): string {
  const { colour, width } = output;
  const rows = controls
    .map(controlJson)
    .map(({ id, severity, fix, resources, title }) => [id, severity, fix, resources.join(', '), title]);
  const widths = widthsFor(COLUMNS, rows, width);
  const head = headText(COLUMNS, widths, output);
  const body = tableText(rows, widths, output, (text, column) => (column === 1 ? severityColour(colour, text) : text));
  return `${head}\n${body}\n\n${counted(controls.length, 'control')}. One in full: npx eks-warden controls ${controls[0]?.id ?? 'ID'}`;
}
