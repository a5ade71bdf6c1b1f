import type { Complaint } from '../../../shared/baseline/sentences.ts';
import { didYouMean } from '../../../shared/baseline/suggest.ts';
import type { Names } from '../../support/cloud/audited/index.ts';

/**
 * Fills the names of the base account into texts and keys: `${clusterGroup}`, `${privateSubnets.0}`. What names nothing
 * is complained of at its place.
 */
export function named(value: unknown, names: Names): { value: unknown; unknown: Complaint[] } {
  const words = wordsOf(names);
  const unknown: Complaint[] = [];
  const filled = (text: string, path: Complaint['path']): string =>
    text.replace(/\$\{([^}]*)\}/g, (whole, name: string) => {
      const word = words.get(name);
      if (word !== undefined) return word;
      const problem = `\${${name}} names nothing in the account.${didYouMean(name, [...words.keys()])}`;
      unknown.push({ path, at: 'value', problem });
      return whole;
    });
  const walk = (one: unknown, path: Complaint['path']): unknown => {
    if (typeof one === 'string') return filled(one, path);
    if (Array.isArray(one)) return one.map((item, index) => walk(item, [...path, index]));
    if (typeof one !== 'object' || one === null) return one;
    return Object.fromEntries(
      Object.entries(one).map(([key, item]) => [filled(key, [...path, key]), walk(item, [...path, key])]),
    );
  };
  return { value: walk(value, []), unknown };
}

function wordsOf(names: Names): Map<string, string> {
  const entries = Object.entries(names).flatMap(([name, value]): [string, string][] => {
    if (typeof value === 'string') return [[name, value]];
    return Array.isArray(value) ? value.map((each, index) => [`${name}.${index}`, String(each)]) : [];
  });
  return new Map(entries);
}
