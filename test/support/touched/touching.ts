import type { TouchedBy } from '../../../shared/resources/kind.ts';
import type { KindName } from '../../../shared/resources/resource.ts';

/** What a kind makes of an event, or of each of several. Undefined: it is touched, but the event does not say which one. */
export type Touching = [kind: KindName, events: string | string[], told: Partial<TouchedBy>, ids: string[] | undefined];

export const of = (service: string, ...names: string[]) => names.map((name) => `${service}:${name}`);
