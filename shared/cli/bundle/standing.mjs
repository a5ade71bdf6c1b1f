// Plain JavaScript: a bundle saves reading TypeScript, so none is read to find it.
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

const DAY = 86_400_000;
const placeOf = (root) => join(root, '.cache', 'command');

/** The folder of the bundle that was made of exactly what is here; undefined where none was. */
export function standingBundle(root) {
  const pointer = pointerIn(placeOf(root));
  if (pointer === undefined) return undefined;
  const folder = join(placeOf(root), pointer.digest);
  try {
    const digest = digestOf(pointer.files, (file) => readFileSync(join(root, file)));
    return digest === pointer.digest && existsSync(join(folder, 'main.mjs')) ? folder : undefined;
  } catch (error) {
    // A file that it was made of is gone.
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Makes one and returns its folder; undefined where it cannot be made or kept: the TypeScript itself then tells what is wrong with it. */
export async function madeBundle(root) {
  let part;
  try {
    mkdirSync(placeOf(root), { recursive: true });
    part = mkdtempSync(join(placeOf(root), 'part-'));
    const { makeBundle } = await import('./make-bundle.ts');
    return kept(part, await makeBundle(root, part));
  } catch {
    return undefined;
  } finally {
    if (part !== undefined) rmSync(part, { recursive: true, force: true });
  }
}

/** Moved to its place whole, and only then named: whoever starts meanwhile sees the one before, or this one. */
function kept(part, madeOf) {
  const place = dirname(part);
  const files = [...madeOf.keys()].sort();
  const digest = digestOf(files, (file) => madeOf.get(file));
  writeFileSync(join(part, 'made-of.json'), JSON.stringify({ digest, files }));
  const folder = join(place, digest);
  if (!existsSync(folder)) renameSync(part, folder);
  leaveOlder(place, digest);
  copyFileSync(join(folder, 'made-of.json'), `${part}.json`);
  renameSync(`${part}.json`, join(place, 'made-of.json'));
  return folder;
}

/** The one before may be running, and not have loaded all of it yet: it stays for a day. */
function leaveOlder(place, digest) {
  const before = pointerIn(place)?.digest;
  const now = new Date();
  if (before !== undefined && existsSync(join(place, before))) utimesSync(join(place, before), now, now);
  for (const name of readdirSync(place)) {
    const path = join(place, name);
    if (name !== digest && name !== 'made-of.json' && now - statSync(path).mtimeMs > DAY)
      rmSync(path, { recursive: true, force: true });
  }
}

function pointerIn(place) {
  try {
    return JSON.parse(readFileSync(join(place, 'made-of.json'), 'utf8'));
  } catch (error) {
    if (error.code !== undefined || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function digestOf(files, read) {
  const hash = createHash('sha256');
  for (const file of files) {
    const bytes = read(file);
    hash.update(`${file} ${bytes.length}\n`).update(bytes);
  }
  return hash.digest('hex').slice(0, 32);
}
