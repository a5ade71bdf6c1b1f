import type { Files } from '../aws/world.ts';

/** What an earlier sweep left under a key; undefined where that has expired or cannot be used: then nothing is told of it. */
export async function leftAt<T>(
  files: Files,
  key: string | undefined,
  read: (text: string, key: string) => T,
): Promise<T | undefined> {
  if (key === undefined) return undefined;
  try {
    return read(await files.read(key), key);
  } catch {
    return undefined;
  }
}
