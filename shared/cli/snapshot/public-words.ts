import { CATALOGUE } from '../../controls/catalogue.ts';
import { paramsOf } from '../../controls/params.ts';

/** Words that controls look for by themselves: everybody can read them in the catalogue, and verdicts hang on them. */
export function publicWords(): ReadonlySet<string> {
  const defaults = CATALOGUE.flatMap(paramsOf).flatMap(({ default: preset }) => wordsIn(preset));
  return new Set(defaults.map((word) => word.toLowerCase()));
}

function wordsIn(value: unknown): string[] {
  if (typeof value === 'string') return value.split(/[^\w.-]+/).filter((word) => word !== '');
  return Array.isArray(value) ? value.flatMap(wordsIn) : [];
}
