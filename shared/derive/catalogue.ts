import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const CONTROLS = join(import.meta.dirname, '..', 'controls');

/** Every control file as group (its folder) and id (its name), in id order: adding a file is all there is to do. */
export function controlFiles(): { group: string; id: string }[] {
  const groups = readdirSync(CONTROLS, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return groups
    .flatMap(({ name: group }) =>
      readdirSync(join(CONTROLS, group)).map((file) => ({ group, id: file.replace(/\.ts$/, '') })),
    )
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** The text of `shared/controls/catalogue.ts`. */
export function catalogueSource(): string {
  const files = controlFiles();
  const name = (id: string) => id.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  const imports = files.map(({ group, id }) => `import ${name(id)} from './${group}/${id}.ts';`);
  const groups = files.map(({ group, id }) => `  '${id}': '${group}',`);
  return `// Derived from the files beside it by \`npm run derive\`; do not edit.
${imports.sort((a, b) => order(a).localeCompare(order(b), 'en', { numeric: true })).join('\n')}
import type { AnyControl } from './define-control.ts';

/** Every control there is, in id order. */
export const CATALOGUE: readonly AnyControl[] = [
${files.map(({ id }) => `  ${name(id)},`).join('\n')}
];

const GROUPS: Readonly<Record<string, string>> = {
${groups.join('\n')}
};

/** The group of a control: the folder that its file stands in. */
export function groupOf({ id }: Pick<AnyControl, 'id'>): string {
  return GROUPS[id] ?? 'none';
}
`;
}

/** Biome sorts imports by their source. */
function order(line: string): string {
  return line.slice(line.indexOf("'"));
}
