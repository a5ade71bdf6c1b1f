const PREFIX = 'glob:';

/** The pattern behind `glob:`, or undefined for a plain name. */
export function globOf(text: string): string | undefined {
  return text.startsWith(PREFIX) ? text.slice(PREFIX.length) : undefined;
}

/**
 * Whether a text is what the pattern says, whole: `*` stands for any run of characters, everything else for itself.
 * Each star is settled at the earliest place that fits and never tried again, so the time is bounded by
 * pattern × text, whatever the pattern.
 */
export function matchesGlob(pattern: string, text: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  if (rest.length === 0) return text === first;
  const last = rest.pop() ?? '';
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
  const end = text.length - last.length;
  let from = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, from);
    if (found < 0 || found + part.length > end) return false;
    from = found + part.length;
  }
  return true;
}

/** A name, or `glob:` and a pattern. */
export function matches(nameOrGlob: string, text: string): boolean {
  const pattern = globOf(nameOrGlob);
  return pattern === undefined ? nameOrGlob === text : matchesGlob(pattern, text);
}

/** The parts of `account#region#kind#id`; the id may hold `#` itself. */
export function keyParts(key: string): [account: string, region: string, kind: string, id: string] | undefined {
  const [account, region, kind, ...id] = key.split('#');
  return account && region && kind && id.length > 0 && id.join('#') !== ''
    ? [account, region, kind, id.join('#')]
    : undefined;
}

/** A waiver's `resource` against a resource's key. A star stays within its part: account, region, kind or id. */
export function matchesKey(resource: string, key: string): boolean {
  const pattern = globOf(resource);
  if (pattern === undefined) return resource === key;
  const wanted = keyParts(pattern);
  const parts = keyParts(key);
  return (
    wanted !== undefined && parts !== undefined && wanted.every((part, index) => matchesGlob(part, parts[index] ?? ''))
  );
}
