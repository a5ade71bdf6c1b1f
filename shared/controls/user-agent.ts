/** A product of a user agent with its version: `aws-cli/2.31.0`. */
const PRODUCT = /(?:^|[\s[(])([\w.+-]{1,64})\/(\d{1,6}(?:\.\d{1,6}){0,3})/g;

export const PRODUCT_AND_VERSION = /^[\w.+-]{1,64}\/\d{1,6}(?:\.\d{1,6}){0,3}$/;

function numbers(version: string): number[] {
  return version.split('.').map(Number);
}

function isBefore(version: string, oldest: string): boolean {
  const own = numbers(version);
  const ahead = numbers(oldest).map((number, at) => number - (own[at] ?? 0));
  return (ahead.find((difference) => difference !== 0) ?? 0) > 0;
}

/** The products of a user agent that are older than the oldest that is wanted of their name. */
export function outdated(userAgent: string, oldest: readonly string[]): string[] {
  const wanted = new Map(oldest.map((each) => each.split('/') as [string, string]));
  return [...userAgent.matchAll(PRODUCT)].flatMap(([, product = '', version = '']) => {
    const least = wanted.get(product);
    return least !== undefined && isBefore(version, least) ? [`${product}/${version}`] : [];
  });
}
