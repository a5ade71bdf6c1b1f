import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { clientConfig } from '../own/calling.ts';
import type { Read } from '../read.ts';
import { asked, type OperatorSession } from './session.ts';

/** CloudTrail's own record of an event, as JSON text, from the 90 days that it keeps in each region; undefined where this region has none. */
export function recordOf(session: OperatorSession, region: string, eventId: string): Promise<Read<string | undefined>> {
  const cloudtrail = new CloudTrailClient(clientConfig(session.calling(region)));
  const LookupAttributes = [{ AttributeKey: 'EventId' as const, AttributeValue: eventId }];
  return asked('cloudtrail:LookupEvents', async () => {
    const { Events = [] } = await cloudtrail.send(new LookupEventsCommand({ LookupAttributes }));
    return Events.find(({ EventId }) => EventId === eventId)?.CloudTrailEvent;
  });
}
