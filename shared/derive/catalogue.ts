import { globSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const CONTROLS = join(import.meta.dirname, '..', 'controls');

/** Where the catalogue stands; `catalogueSource` is its text. */
export const CATALOGUE_FILE = join(CONTROLS, 'catalogue.ts');

/** Every control file as group (its folder) and id (its name), in id order: adding a file is all there is to do. */
export function controlFiles(): { group: string; id: string }[] {
  return globSync('*/*.ts', { cwd: CONTROLS })
    .map((file) => ({ group: dirname(file), id: basename(file, '.ts') }))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The text of `shared/controls/catalogue.ts`, formatted as Biome would. */
export function catalogueSource(): string {
  const files = controlFiles();
  const imports = [
    ...files.map(({ group, id }) => `import ${nameOf(id)} from './${group}/${id}.ts';`),
    "import type { AnyControl } from './define-control.ts';",
  ];
  const entries = files.map(({ group, id }) => `  ${keyOf(id)}: { group: '${group}', control: ${nameOf(id)} },`);
  return `// Derived from the files in the folders beside it by \`npm run derive\`; do not edit.
${imports.sort((a, b) => sourceOf(a).localeCompare(sourceOf(b), 'en', { numeric: true })).join('\n')}

const BY_ID: Readonly<Record<string, { group: string; control: AnyControl }>> = {
${entries.join('\n')}
};

/** Every control there is, in id order. */
export const CATALOGUE: readonly AnyControl[] = Object.values(BY_ID).map(({ control }) => control);

/** The folder that a control's file stands in; empty for a control that is not of the catalogue. */
export function groupOf({ id }: Pick<AnyControl, 'id'>): string {
  return BY_ID[id]?.group ?? '';
}
`;
}

function nameOf(id: string): string {
  return id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function keyOf(id: string): string {
  return /^\w+$/.test(id) ? id : `'${id}'`;
}

function sourceOf(line: string): string {
  return line.slice(line.indexOf("'"));
}

if (import.meta.main) writeFileSync(CATALOGUE_FILE, catalogueSource());
