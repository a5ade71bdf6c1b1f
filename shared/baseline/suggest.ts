import { closest, distance } from 'fastest-levenshtein';

/** The known word that was most likely meant, or undefined where none is near. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  if (known.length === 0) return undefined;
  const lower = word.slice(0, 200).toLowerCase();
  const best = closest(lower, [...known]);
  const allowed = Math.max(2, Math.floor(Math.max(lower.length, best.length) / 3));
  return distance(lower, best.toLowerCase()) <= allowed ? best : undefined;
}

/** ` Did you mean x?`, else the words there are, while they are few; to be put behind a sentence. */
export function didYouMean(word: string, known: readonly string[]): string {
  const best = nearest(word, known);
  if (best !== undefined) return ` Did you mean ${best}?`;
  return known.length > 0 && known.length <= 12 ? ` Write ${oneOf(known)}.` : '';
}

export function oneOf(words: readonly (string | number)[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}
