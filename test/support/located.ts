import type { AnyKind, TouchedBy } from '../../shared/resources/kind.ts';
import type { KindName, Link, Resource } from '../../shared/resources/resource.ts';

export const ACCOUNT = '111122223333';
export const REGION = 'eu-west-1';

/** A resource of the sample account. */
export function aResource(kind: KindName, id: string, region = REGION): Resource {
  return { kind, id, account: ACCOUNT, region };
}

/** The ids that an event touches, as the kind itself says. */
export function located(kind: AnyKind, event: string, told: Partial<TouchedBy>) {
  const locate = kind.touchedBy[event];
  if (locate === undefined) throw new Error(`The kind ${kind.kind} does not know ${event}.`);
  return locate({ event, account: ACCOUNT, region: REGION, request: {}, response: {}, detail: {}, arns: [], ...told });
}

/** Links as one line each: `as → kind id`, with account and region where they are others than the sample's. */
export function lines(links: readonly Link[]): string[] {
  return links.map(({ to: { kind, id, account, region }, as }) => {
    const where = [account === ACCOUNT ? '' : ` in ${account}`, region === REGION ? '' : ` in ${region}`].join('');
    return `${as} → ${kind} ${id}${where}`;
  });
}
