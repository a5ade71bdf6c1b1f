import { type KeptAside, keptAside } from '../../aws/operator/kept-aside.ts';
import { needed, type OperatorSession } from '../../aws/operator/session.ts';
import { didYouMean } from '../../baseline/suggest.ts';
import { UserMistake } from '../../runtime/errors.ts';
import { type Hub, hubOf, idOf, ownId } from '../hub.ts';
import { EXIT, type Output } from '../output.ts';
import { safeJson } from '../terminal.ts';
import { collectorQueues, UNDELIVERED } from './collectors.ts';
import type { RedriveOptions } from './command.ts';
import { ASIDE, type Aside, type KeptLine, lineOf } from './kept.ts';
import { startSweepAgain } from './sweep-again.ts';
import { keptText } from './tell.ts';
import { tellAgain } from './tell-again.ts';

/** One queue after it was looked at, and perhaps emptied. */
export interface Redriven {
  queue: string;
  lines: readonly KeptLine[];
  /** Handed over, told or begun again. */
  again: number;
  /** A sentence on what became of it. */
  said: string;
}

/** A queue and the way to it. */
interface Wanted {
  aside: Aside;
  session: OperatorSession;
  url: string;
}

/** Shows what was set aside and hands it over again; resolves to the exit code. */
export async function redrive(queue: string | undefined, options: RedriveOptions, output: Output): Promise<number> {
  const hub = await hubOf(options);
  const { own, collectors } = wantedOf(hub, queue);
  const { queues, unseen } = collectors ? await collectorQueues(hub, options) : { queues: [], unseen: [] };
  const all: Redriven[] = [];
  for (const each of [...own, ...queues]) all.push(await one(hub, each, options, queue !== undefined));
  const notLooked = unseen.map((why) => ({ queue: UNDELIVERED, lines: [], again: 0, said: `not looked at: ${why}` }));
  output.out(
    options.format === 'json' ? safeJson([...all, ...notLooked], 2) : keptText(all, unseen, Date.now(), output),
  );
  return all.some(({ lines }) => lines.some(({ foreign }) => foreign)) ? EXIT.findings : EXIT.fine;
}

/** Which of the hub's own, and whether the collectors' too. */
function wantedOf(hub: Hub, queue: string | undefined): { own: Wanted[]; collectors: boolean } {
  const deployed = ASIDE.flatMap((aside) => {
    const url = idOf(hub, aside.queue);
    return url === undefined ? [] : [{ aside, session: hub.session, url }];
  });
  if (queue === undefined) return { own: deployed, collectors: true };
  const own = deployed.filter(({ aside }) => aside.queue === queue);
  if (own.length > 0 || queue === UNDELIVERED) return { own, collectors: queue === UNDELIVERED };
  const names = [...deployed.map(({ aside }) => aside.queue), UNDELIVERED];
  throw new UserMistake(`There is no queue ${JSON.stringify(queue)} here.${didYouMean(queue, names)}`);
}

/** What is not handed over is shown to others again at once. */
async function one(hub: Hub, wanted: Wanted, options: RedriveOptions, isNamed: boolean): Promise<Redriven> {
  const { aside, session, url } = wanted;
  const kept = needed(
    await keptAside(session, url, hub.session),
    `The queue ${aside.queue} is gone: deploy again (npm run deploy).`,
  );
  try {
    const lines = kept.messages.map((message) => lineOf(aside, message));
    const nothing = { queue: aside.queue, lines, again: 0 };
    if (lines.length === 0) return { ...nothing, said: 'empty' };
    if (options.dryRun) return { ...nothing, said: 'nothing was touched' };
    if (aside.careful && !isNamed) {
      return { ...nothing, said: `left alone: look first, then npx eks-warden redrive ${aside.queue}` };
    }
    return { ...nothing, ...(await again(hub, aside, kept, lines, options)) };
  } finally {
    await kept.letGo();
  }
}

async function again(
  hub: Hub,
  { back, queue }: Aside,
  kept: KeptAside,
  lines: readonly KeptLine[],
  options: RedriveOptions,
): Promise<Pick<Redriven, 'again' | 'said'>> {
  const foreign = new Set(lines.filter((line) => line.foreign).map(({ id }) => id));
  const ours = kept.messages.filter(({ id }) => !foreign.has(id));
  const rest = foreign.size === 0 ? '' : `; ${foreign.size} left, none of ours`;
  if (back === undefined) {
    const said = queue === 'UndeliveredQueue' ? await tellAgain(hub, ours, options) : await startSweepAgain(options);
    for (const message of ours) needed(await kept.drop(message), '');
    return { again: ours.length, said: `${said}${rest}` };
  }
  const to = ownId(hub, back);
  for (const message of ours) needed(await kept.moveTo(to, message), `The queue ${back} is gone: deploy again.`);
  return { again: ours.length, said: `handed to ${back} again, the oldest first${rest}` };
}
