/** What a test wants different, at any depth. `undefined` takes a field away; lists and dates replace. */
export type Overrides<T> = T extends readonly unknown[] | Date | null | undefined | string | number | boolean
  ? T
  : { [K in keyof T]?: Overrides<T[K]> | undefined };

/** Lays overrides over a whole subject; neither is changed. */
export function laidOver<T>(whole: T, overrides: Overrides<NoInfer<T>>): T {
  if (!isPlain(overrides)) return overrides as T;
  const merged: Record<string, unknown> = isPlain(whole) ? { ...whole } : {};
  for (const [name, value] of Object.entries(overrides)) {
    if (value === undefined) delete merged[name];
    else merged[name] = laidOver(merged[name], value as Overrides<unknown>);
  }
  return merged as T;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
