import type { Notice } from './notice.ts';
import type { SlackAccess } from './slack-secret.ts';
import { type SlackThreads, threadOf } from './slack-threads.ts';

export type Notices = readonly [Notice, ...Notice[]];

/** Notices that go to one place as one message. */
export interface Parcel {
  /** A channel's name, or empty for the webhook's own. */
  channel: string;
  /** The thread's key in the table; none with a webhook, or where no single cluster is concerned. */
  thread: string | undefined;
  notices: Notices;
}

/** What still has to be posted, packed: by channel and thread. What a channel already has is left out. */
export async function parcelsOf(
  notices: readonly Notice[],
  access: SlackAccess,
  threads: SlackThreads,
): Promise<Parcel[]> {
  const parcels: Parcel[] = [];
  for (const channel of channelsOf(notices, access)) {
    const left: Notice[] = [];
    for (const notice of notices.filter(isFor(channel, access))) {
      if (!(await threads.wasPosted(channel, notice))) left.push(notice);
    }
    parcels.push(...packed(left, channel, access));
  }
  return parcels;
}

/** With a webhook there is one channel, its own. With a token a route may name another; an empty name is the secret's. */
function channelsOf(notices: readonly Notice[], access: SlackAccess): string[] {
  if ('webhook' in access) return [''];
  return [...new Set(notices.flatMap(({ to }) => to.slack.map((name) => name || access.channel)))].sort();
}

function isFor(channel: string, access: SlackAccess) {
  return ({ to }: Notice): boolean =>
    'webhook' in access ? to.slack.length > 0 : to.slack.some((name) => (name || access.channel) === channel);
}

/** What is resolved goes by itself where there are threads, so that it can update the message that told of it. */
function packed(notices: readonly Notice[], channel: string, access: SlackAccess): Parcel[] {
  const places = Map.groupBy(notices, (notice) => {
    const thread = 'webhook' in access ? undefined : threadOf(channel, notice);
    return JSON.stringify([thread ?? null, thread !== undefined && notice.state === 'closed' ? notice.id : null]);
  });
  return [...places].map(([place, [first, ...rest]]) => {
    const [thread] = JSON.parse(place) as [string | null];
    return { channel, thread: thread ?? undefined, notices: [first as Notice, ...rest] };
  });
}
