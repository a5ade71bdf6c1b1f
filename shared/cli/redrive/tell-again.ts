import { callerOf } from '../../aws/operator/callers.ts';
import type { KeptMessage } from '../../aws/operator/kept-aside.ts';
import { itemsUnder, operatorTable } from '../../aws/operator/own-table.ts';
import { needed } from '../../aws/operator/session.ts';
import { publish } from '../../aws/operator/topics.ts';
import { worldOf } from '../../aws/world-of.ts';
import { groupOf } from '../../controls/catalogue.ts';
import type { ResourceState } from '../../findings/finding.ts';
import { lostIn, tellLost } from '../../notices/untold.ts';
import { UserMistake } from '../../runtime/errors.ts';
import { baselineFor } from '../baseline-file.ts';
import { type Hub, ownId } from '../hub.ts';
import { counted } from '../terminal.ts';
import type { RedriveOptions } from './command.ts';

const TOPIC_GONE = 'The topic of notices is gone: deploy again (npm run deploy).';

/** Makes the notices that were lost again, from the items as they are now; returns what to tell. */
export async function tellAgain(hub: Hub, messages: readonly KeptMessage[], options: RedriveOptions): Promise<string> {
  if (messages.length === 0) return 'nothing of ours';
  const lost = messages.map(({ body }) => lostIn(body));
  const baseline = baselineFor(options.baseline, Date.now());
  const { account } = needed(await callerOf(hub.session), '');
  const name = ownId(hub, 'FindingsTable');
  const topic = ownId(hub, 'NoticesTopic');
  const silent = () => {};
  let problem = '';
  const error = (_: string, { why = '' }: { why?: unknown } = {}) => {
    problem = String(why);
  };
  const world = worldOf(
    { log: { info: silent, warn: silent, error }, metrics: { count: silent, duration: silent } },
    {
      table: operatorTable(hub.session, name),
      notices: { publish: async (notice) => void needed(await publish(hub.session, topic, notice), TOPIC_GONE) },
    },
  );
  let [told, read] = [0, 0];
  for await (const item of itemsUnder(hub.session, name, 'state')) {
    read += 1;
    const state = item as unknown as ResourceState;
    try {
      told += await tellLost(world, baseline, { groupOf, ownAccount: account }, state, lost);
    } catch (cause) {
      if (problem === '') throw cause;
      const done = `${counted(told, 'notice')} told before that will not be told twice: run this again.`;
      throw new UserMistake(`What changed on ${state.pk} could not be told (${problem}). ${done}`, { cause });
    }
  }
  return `${counted(told, 'notice')} told again, out of ${counted(read, 'resource')} of the table`;
}
