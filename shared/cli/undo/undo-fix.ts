import { type Caller, callerOf } from '../../aws/operator/callers.ts';
import { sendMessage } from '../../aws/operator/queues.ts';
import { needed } from '../../aws/operator/session.ts';
import type { Fix } from '../../remediation/fix.ts';
import type { UndoAsked } from '../../remediation/undo-asked.ts';
import { UserMistake } from '../../runtime/errors.ts';
import { baselineFor } from '../baseline-file.ts';
import { fixingOf, fixingText } from '../fixes/kill-switch.ts';
import { keptFixes } from '../fixes/read-fixes.ts';
import { type Hub, hubOf, idOf } from '../hub.ts';
import type { Output } from '../output.ts';
import { plain } from '../terminal.ts';
import { watchedAccounts } from '../watched.ts';
import type { UndoOptions } from './command.ts';
import { confirmed } from './confirm.ts';
import { type Became, follow } from './follow.ts';
import { preview } from './preview.ts';

/** As much of an id as must be given. */
const LEAST = 6;

/** Asks the remediator to undo a fix, and tells what becomes of it. */
export async function undoFix(id: string, options: UndoOptions, output: Output): Promise<Became['outcome']> {
  const hub = await hubOf(options);
  const queue = idOf(hub, 'FixesQueue');
  if (queue === undefined) throw new UserMistake('Nothing can be undone: this deployment has no remediator.');
  const fixing = await fixingOf(hub);
  if (fixing.state !== 'runs') throw new UserMistake(`Undoing changes AWS too, and is stopped. ${fixingText(fixing)}`);
  const caller = needed(await callerOf(hub.session), '');
  const fix = await named(hub, id, options.baseline);
  const plan = await preview(hub, baselineFor(options.baseline, Date.now()), fix, caller);
  if ('refused' in plan) throw new UserMistake(`Fix ${fix.id} cannot be undone: ${plan.refused}`);

  for (const line of aboutText(fix, plan.calls, caller)) output.out(plain(line));
  if (!options.yes && !(await confirmed('Undo it?'))) {
    output.out('Nothing was done.');
    return 'refused';
  }
  needed(
    await sendMessage(hub.session, queue, messageOf(fix, caller)),
    'The fixes queue is gone: deploy again (npm run deploy).',
  );
  output.err('Asked for. Waiting for what becomes of it…');
  const became = await follow(hub, fix, options.wait);
  output.out(plain(became.text));
  return became.outcome;
}

/** The fix whose id begins so; one that undoes another is none. */
async function named(hub: Hub, id: string, baselineFile: string | undefined): Promise<Fix> {
  const accounts = await watchedAccounts(hub, baselineFile);
  const all = (await Promise.all(accounts.map((account) => keptFixes(hub, account)))).flat();
  const found = id.length < LEAST ? [] : all.filter((fix) => fix.undoes === undefined && fix.id.startsWith(id));
  const [fix, ...others] = found;
  if (fix === undefined) {
    throw new UserMistake(
      `There is no fix ${JSON.stringify(id)}: ids stand in the last column of npx eks-warden fixes.`,
    );
  }
  if (others.length > 0) throw new UserMistake(`${found.length} fixes begin with ${id}: give more of the id.`);
  return fix;
}

function messageOf({ resource, control, id }: Fix, { arn, userId }: Caller): UndoAsked {
  return { undo: { resource, control, fixId: id, by: arn, userId, askedAt: Date.now() } };
}

function aboutText(
  { id, control, resource, startedAt, steps }: Fix,
  calls: readonly string[],
  { arn }: Caller,
): string[] {
  const { kind, id: name, account, region } = resource;
  const actions = [...new Set(steps.map(({ action }) => action))].join(', ');
  return [
    `Fix ${id} of ${control}, ${new Date(startedAt).toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    `  on ${kind} ${name} (${account} ${region})`,
    `  called ${actions}`,
    'Its undoing would call',
    ...(calls.length > 0
      ? calls.map((call) => `  ${call}`)
      : ['  what puts back the state that was kept; your credentials cannot read the resource to show the exact call']),
    `in the name of the remediator; the request is yours: ${arn}`,
    'The finding opens again then, and is not fixed again by itself.',
  ];
}
