import type { Arn } from '../aws/partition.ts';

/** The parts of an ARN; empty where it leaves one out. Undefined for text that is none. */
export function arnParts(text: string): Required<Arn> | undefined {
  const [prefix, partition, service, region = '', account = '', ...rest] = text.split(':');
  const resource = rest.join(':');
  return prefix === 'arn' && partition && service && resource
    ? { partition, service, region, account, resource }
    : undefined;
}

/** What an ARN names after its type: `arnName(arn, 'role')` of `…:role/team/Node` is `team/Node`. Undefined for another type. */
export function arnName(text: string, type: string): string | undefined {
  const resource = arnParts(text)?.resource;
  return resource?.startsWith(`${type}/`) ? resource.slice(type.length + 1) : undefined;
}

/** The same of several ARNs: those of the type only. */
export function arnNames(arns: readonly string[], type: string): string[] {
  return arns.flatMap((arn) => arnName(arn, type) ?? []);
}

/** CloudTrail records what travels in a URL as it was encoded there; text that was not encoded stays as it is. */
export function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}
