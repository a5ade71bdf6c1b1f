/** JSON with its keys in order and without what is undefined: equal values have equal texts. */
export function canonical(value: unknown, indent?: number): string {
  return JSON.stringify(sorted(value), null, indent);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Date) return { $date: value.toISOString() };
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString('base64') };
  const entries = Object.entries(value).filter(([, each]) => each !== undefined);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, each]) => [name, sorted(each)]));
}

/** Undoes what `canonical` made of dates and bytes, in what `JSON.parse` gave. */
export function revived(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revived);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [name, only] = entries.length === 1 ? (entries[0] ?? []) : [];
  if (name === '$date' && typeof only === 'string' && !Number.isNaN(Date.parse(only))) return new Date(only);
  if (name === '$bytes' && typeof only === 'string') return new Uint8Array(Buffer.from(only, 'base64'));
  return Object.fromEntries(entries.map(([key, each]) => [key, revived(each)]));
}
