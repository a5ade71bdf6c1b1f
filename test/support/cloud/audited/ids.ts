import { createHash } from 'node:crypto';

/** A UUID by its looks, made of a name and a number: the same on every run. */
export function numberedId(name: string, number: number): string {
  const hex = createHash('sha256').update(`${name}/${number}`).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}

/** Counts up: each call gives the next id of that name. */
export function idsOf(name: string): () => string {
  let count = 0;
  return () => {
    count += 1;
    return numberedId(name, count);
  };
}

/** The tail of an AWS unique id (`AROA…`), always the same for the same text. */
export const uniqueTail = (text: string): string =>
  createHash('sha256').update(text).digest('hex').toUpperCase().slice(0, 17);

export function partitionOf(region: string): string {
  if (region.startsWith('us-gov-')) return 'aws-us-gov';
  return region.startsWith('cn-') ? 'aws-cn' : 'aws';
}
