import { readFile, writeFile } from 'node:fs/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import { z } from 'zod';
import { UserMistake } from '../../runtime/errors.ts';
import { canonical, revived } from '../canonical.ts';
import type { Snapshot } from './snapshot.ts';

const place = { action: z.string(), account: z.string(), region: z.string(), input: z.record(z.string(), z.unknown()) };
const began = z.number();
const read = z.discriminatedUnion('outcome', [
  z.strictObject({ ...place, began, outcome: z.literal('found'), value: z.unknown() }),
  z.strictObject({ ...place, began, outcome: z.literal('gone') }),
  z.strictObject({
    ...place,
    began,
    outcome: z.enum(['refused', 'unavailable', 'malformed']),
    missing: z.string(),
    why: z.string(),
  }),
]);
const file = z.strictObject({
  eksWardenSnapshot: z.literal(1),
  takenAt: z.iso.datetime(),
  accounts: z.array(z.string()),
  reads: z.array(read),
});

/** The same snapshot is the same text, byte by byte. */
export function snapshotText(snapshot: Snapshot): string {
  return `${canonical(snapshot, 1)}\n`;
}

/** Throws a `UserMistake` that names the file and what is wrong with it. */
export function parseSnapshot(text: string, path: string): Snapshot {
  const parsed = file.safeParse(jsonOf(text, path));
  if (parsed.success) return { ...parsed.data, reads: revived(parsed.data.reads) as Snapshot['reads'] };
  const { path: where = [], message = '' } = parsed.error.issues[0] ?? {};
  throw new UserMistake(`${path} is no snapshot of eks-warden: ${where.join('.') || 'the file'}: ${message}.`);
}

/** Reads a snapshot, gzipped or plain. Throws a `UserMistake` where there is none. */
export async function readSnapshot(path: string): Promise<Snapshot> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw new UserMistake(`${path} cannot be read: is it there, and a file?`, { cause });
  });
  return parseSnapshot(textOf(bytes, path), path);
}

/** Gzipped where the path ends in `.gz`, or `always`. */
export async function writeSnapshot(path: string, snapshot: Snapshot, always = false): Promise<void> {
  const text = snapshotText(snapshot);
  await writeFile(path, always || path.endsWith('.gz') ? gzipSync(text) : text);
}

function textOf(bytes: Buffer, path: string): string {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes.toString('utf8');
  try {
    return gunzipSync(bytes).toString('utf8');
  } catch (cause) {
    throw new UserMistake(`${path} is a broken gzip file: take the snapshot again.`, { cause });
  }
}

function jsonOf(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UserMistake(`${path} is no snapshot of eks-warden: it is no JSON.`, { cause });
  }
}
