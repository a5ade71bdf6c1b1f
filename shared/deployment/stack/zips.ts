import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import type { Packaged } from '../../derive/package.ts';

/** Zip knows no time before 1980, and counts it in the zone of the machine: a fixed one makes equal files equal zips. */
const AT = new Date(1980, 0, 1, 0, 0, 0);

/** Writes `<into>/<function>.zip` of each packaged function; the same code gives the same bytes. */
export function zipFunctions(into: string, packaged: readonly Pick<Packaged, 'name'>[]): void {
  for (const { name } of packaged) {
    const folder = join(into, name);
    const names = globSync('**/*.{mjs,json}', { cwd: folder }).sort();
    const files = Object.fromEntries(names.map((file) => [file, new Uint8Array(readFileSync(join(folder, file)))]));
    writeFileSync(`${folder}.zip`, zipSync(files, { level: 9, mtime: AT }));
  }
}
