import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { packageFunctions } from '../../shared/derive/package.ts';
import type { Figure, Part } from './figure.ts';

/** What a zip file has for each entry beside its bytes and its name (twice), and at its end. */
const ZIP_ENTRY = 30 + 46;
const ZIP_END = 22;

/** Packages the functions into a folder of their own and hands it over; it is gone afterwards. */
export async function withBundles<T>(use: (folder: string) => T | Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'eks-warden-bench-'));
  try {
    await packageFunctions(folder);
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Bytes of a folder, plain and as the zip file that Lambda is given. */
export function sizeOf(folder: string): { plain: number; zipped: number } {
  const files = readdirSync(folder).map((name) => ({ name, bytes: readFileSync(join(folder, name)) }));
  const entries = files.map(
    ({ name, bytes }) => deflateRawSync(bytes, { level: 9 }).length + ZIP_ENTRY + 2 * Buffer.byteLength(name),
  );
  return {
    plain: files.reduce((sum, { bytes }) => sum + bytes.length, 0),
    zipped: entries.reduce((sum, each) => sum + each, ZIP_END),
  };
}

export async function sizes(): Promise<Part> {
  const figures = await withBundles((folder) =>
    readdirSync(folder)
      .sort()
      .flatMap((name): Figure[] => {
        const { plain, zipped } = sizeOf(join(folder, name));
        return [
          { id: `zipped.${name}`, what: `${name}, zipped`, value: zipped / 1000, unit: 'kB' },
          { id: `plain.${name}`, what: `${name}, unzipped`, value: plain / 1000, unit: 'kB' },
        ];
      }),
  );
  return {
    figures,
    how: 'All files of the packaged function: deflate at level 9 in a zip container; 1 kB = 1000 bytes.',
  };
}
