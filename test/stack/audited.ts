import { setTimeout as wait } from 'node:timers/promises';
import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import {
  type Account,
  type AuditedServices,
  anAccount,
  auditedServices,
  delivered,
  type EventDetail,
} from '../support/cloud/audited/index.ts';
import { clientsOf } from './clients.ts';
import { MEMBER, OWN, REGION } from './place.ts';
import type { Principal } from './wire/principals.ts';

/** What EKS does in its own time takes less than CloudTrail does, which is a second here (ms). */
const DURATIONS = { update: 500, createCluster: 500, deleteCluster: 500, createNodegroup: 500, deleteNodegroup: 500 };
const UNTIL_EVENT = 1000;

export interface AuditedStand {
  cloud: AuditedServices;
  /** From here on the events of calls get lost, until it is called with true again. */
  deliver(on: boolean): void;
  /** Resolves once every event so far is on the bus. */
  delivered(): Promise<void>;
}

/** Two accounts that are healthy at first, whose calls come back as events on the buses of the emulator. */
export function auditedAccounts(emulator: string, principalOf: (key: string) => Principal | undefined): AuditedStand {
  let on = true;
  let last: Promise<unknown> = Promise.resolve();
  const cloud = auditedServices({
    now: () => Date.now(),
    accounts: { [OWN]: anAccount(OWN, REGION), [MEMBER]: anAccount(MEMBER, REGION) } satisfies Record<string, Account>,
    defaultAccount: OWN,
    durations: DURATIONS,
    roleOf: (key) => principalOf(key),
    onEvent: (detail) => {
      if (on) last = Promise.all([last, wait(UNTIL_EVENT).then(() => put(emulator, delivered(detail)))]);
    },
  });
  return {
    cloud,
    deliver: (wanted) => {
      on = wanted;
    },
    delivered: async () => {
      await last;
    },
  };
}

/** Puts an event on the default bus of its own account and region, as AWS does. */
export async function put(emulator: string, event: Readonly<Record<string, unknown>>): Promise<void> {
  const { account, region, source, resources, detail } = event;
  const { events } = clientsOf(emulator, String(account), String(region));
  const entry = {
    Source: String(source),
    DetailType: String(event['detail-type']),
    Resources: resources as string[],
    Detail: JSON.stringify(detail as EventDetail),
  };
  const { Entries = [] } = await events.send(new PutEventsCommand({ Entries: [entry] }));
  const refused = Entries.find(({ ErrorCode }) => ErrorCode !== undefined);
  if (refused) throw new Error(`The bus refused an event: ${refused.ErrorMessage}`);
}
