import type { Digest } from './digest-schema.ts';
import { clip } from './escape.ts';

/** The digest with shorter texts and, where a message would be too long, shorter lists. An address is whole or leads nowhere. */
export function clippedDigest(digest: Digest, text: number, most = Number.POSITIVE_INFINITY): Digest {
  return JSON.parse(JSON.stringify(digest), (key, value) => {
    if (Array.isArray(value)) return value.slice(0, most);
    return typeof value === 'string' && key !== 'report' ? clip(value, text) : value;
  }) as Digest;
}
