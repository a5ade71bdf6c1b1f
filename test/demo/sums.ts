import { keyOf } from '../../shared/resources/resource.ts';
import type { Entry, EntryOf } from './chronicle/entry.ts';
import { isRead } from './chronicle/looks.ts';

export interface Sums {
  events: number;
  deliveries: number;
  looks: number;
  reads: number;
  /** Controls on resources that were not in order at some time, each once however often it came back. */
  findings: number;
  unknown: number;
  proven: number;
  notices: number;
  posts: number;
}

/** Everything is counted from the entries. */
export function sumsOf(entries: readonly Entry[]): Sums {
  const of = <W extends Entry['what']>(what: W) => entries.filter((entry): entry is EntryOf<W> => entry.what === what);
  const events = of('event');
  const looks = of('look');
  const steps = looks.flatMap(({ transitions }) => transitions);
  const calls = looks.flatMap((look) => look.calls).filter(({ action }) => isRead(action));
  return {
    events: new Set(events.map(({ eventId }) => eventId)).size,
    deliveries: events.reduce((sum, { copies }) => sum + copies, 0),
    looks: looks.length,
    reads: calls.reduce((sum, { times }) => sum + times, 0),
    findings: new Set(steps.map(({ resource, control }) => `${keyOf(resource)} ${control}`)).size,
    unknown: steps.filter(({ from, to }) => to === 'unsure' && from !== 'unsure').length,
    proven: steps.filter(
      ({ from, to, finding }) => from === 'fixing' && to === 'closed' && finding.fix?.status === 'verified',
    ).length,
    notices: of('notice').filter(({ to }) => to.length > 0).length,
    posts: of('slack').filter(({ post }) => post.status === 200).length,
  };
}
