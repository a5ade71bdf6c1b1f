import { itemsOf } from '../../../aws/operator/findings-index.ts';
import { greatest } from '../../../aws/operator/measured.ts';
import { DAY, HOUR, MINUTE, SECOND } from '../../../runtime/clock.ts';
import { UserMistake } from '../../../runtime/errors.ts';
import { type SweepRow, sweepsKey } from '../../../sweep/rows.ts';
import { fixingOf } from '../../fixes/kill-switch.ts';
import { idOf } from '../../hub.ts';
import { counted } from '../../terminal.ts';
import { type Check, checkOf, fine, unknown, wrong } from '../check.ts';
import type { Examine, Examined } from './examined.ts';

/** A night and half a day: one night may be late, none may be left out. */
const OVERDUE = 36 * HOUR;
const MOST_LAG = 15 * MINUTE;
const START = 'Start one and follow it: npx eks-warden sweep start';

/** The last sweep, the lag of events, and whether fixing is paused. */
export const sweeps: Examine = async (examined) => {
  const [swept, lag, fixing] = await Promise.all([sweepChecks(examined), lagCheck(examined), fixingCheck(examined)]);
  return [...swept, lag, fixing];
};

async function sweepChecks({ hub, account, now }: Examined): Promise<readonly Check[]> {
  const named = { id: 'sweep', title: 'Last sweep' };
  const table = idOf(hub, 'FindingsTable');
  if (table === undefined) return [wrong(named, 'the stack has no table.', 'Deploy again: npm run deploy')];
  const read = await itemsOf(hub.session, table, sweepsKey(account), { prefix: 'sweep#', newestFirst: true, most: 20 });
  if (read.outcome !== 'found')
    return [checkOf(named, read, () => wrong(named, 'the table was deleted.', 'Deploy again: npm run deploy'))];
  const row = (read.value as readonly SweepRow[]).find(({ full }) => full);
  return row === undefined ? [wrong(named, 'none has come to its end yet.', START)] : rowChecks(row, now);
}

/** What the row of a whole sweep says. Pure. */
export function rowChecks({ ended, complete, incomplete, scopes, tally }: SweepRow, now: number): Check[] {
  const named = { id: 'sweep', title: 'Last sweep' };
  const when = `${new Date(ended).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const missing = Object.entries(tally.missing);
  const rights = { id: 'rights', title: 'Rights to read' };
  const some = missing.map(([permission, count]) => `${permission} (${counted(count, 'finding')} unread)`).join(', ');
  const mend = 'Allow it to the role eks-warden-read there, or look for an organisation policy that denies it.';
  return [
    now - ended > OVERDUE
      ? wrong(named, `it ended ${when}: the nightly one is overdue.`, START)
      : complete
        ? fine(named, `it ended ${when} and read ${counted(scopes, 'scope')} completely.`)
        : wrong(
            named,
            `it ended ${when} and did not read everything: ${incomplete.map((what) => what.replace(/\.$/, '')).join('; ')}.`,
            'What was not read is not judged: see the log of sweep-scope.',
          ),
    missing.length === 0 ? fine(rights, 'the last sweep missed none.') : wrong(rights, `missing: ${some}.`, mend),
  ];
}

async function lagCheck({ hub, now }: Examined): Promise<Check> {
  const named = { id: 'lag', title: 'Event to verdict' };
  const asked = { namespace: 'eks-warden', metric: 'eventToVerdict', dimensions: { service: 'evaluate-resource' } };
  return checkOf(named, await greatest(hub.session, { ...asked, within: DAY, now }), (most) => {
    if (most === undefined) return fine(named, 'no event was judged within 24 hours.');
    const lag = most < MINUTE ? `${Math.ceil(most / SECOND)} s` : `${Math.round(most / MINUTE)} minutes`;
    return most > MOST_LAG
      ? wrong(named, `it took up to ${lag} within 24 hours.`, 'See docs/operating.md#alarm-event-lag')
      : fine(named, `at most ${lag} within 24 hours.`);
  });
}

/** Paused is a decision, not a fault: it is told, and nothing is wrong. */
async function fixingCheck({ hub, baseline }: Examined): Promise<Check> {
  const named = { id: 'fixing', title: 'Fixing' };
  try {
    const { state } = await fixingOf(hub);
    if (state === 'runs') return fine(named, 'it runs.');
    if (state === 'paused') return fine(named, 'it is paused: npx eks-warden fixes resume');
    return baseline.fixed.length === 0
      ? fine(named, 'nothing may be fixed: no control is in approve or remediate.')
      : wrong(
          named,
          'the baseline allows fixes, and what is deployed has no remediator.',
          'Deploy again: npm run deploy',
        );
  } catch (error) {
    if (!(error instanceof UserMistake)) throw error;
    return unknown(named, error.message, 'Have it allowed, or look yourself.');
  }
}
