import { aws } from './shell.ts';
import type { Place, Snippets } from './snippet.ts';

const NOWHERE = 'The client chooses the version of TLS: nothing in the account sets it.';

/** A user's name, or that of a role's session: as CloudTrail's index has it. */
const who = ({ resource: { id } }: Place) => id.slice(id.lastIndexOf('/') + 1);

export const apiTlsVersion: Snippets = {
  cli: (place) => [
    '# Which calls, from where and with which client (tlsDetails, sourceIPAddress, userAgent):',
    aws('cloudtrail lookup-events', {
      lookupAttributes: [{ AttributeKey: 'Username', AttributeValue: who(place) }],
      region: place.resource.region,
    }),
    '# Then update that client, or the proxy it goes through.',
  ],
  console: (place) => [
    `In CloudTrail, Event history, look for the user name ${who(place)}; an event shows tlsDetails, the address and the client.`,
    'Update that client, or the proxy it goes through.',
  ],
  terraform: { none: NOWHERE },
  cloudformation: { none: NOWHERE },
  eksctl: { none: NOWHERE },
};
