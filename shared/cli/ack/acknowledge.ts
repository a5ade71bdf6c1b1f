import { callerOf } from '../../aws/operator/callers.ts';
import { operatorTable } from '../../aws/operator/own-table.ts';
import { needed } from '../../aws/operator/session.ts';
import { didYouMean } from '../../baseline/suggest.ts';
import { ackOf, findingOf, readAck } from '../../findings/acks.ts';
import { readState } from '../../findings/state-table.ts';
import { utc } from '../../notices/time.ts';
import { keyOf } from '../../resources/resource.ts';
import { UserMistake } from '../../runtime/errors.ts';
import { hubOf, ownId } from '../hub.ts';
import { plain } from '../terminal.ts';
import type { AckOptions } from './command.ts';

/** Keeps that the caller has a finding; returns what to tell. */
export async function acknowledge(id: string, options: AckOptions): Promise<string> {
  const named = findingOf(id);
  if (named === undefined) {
    throw new UserMistake(
      `${JSON.stringify(id)} is no id of a finding: it is account#region#kind#id#control, in quotes. Ids: npx eks-warden report --format json`,
    );
  }
  const { resource, control } = named;
  const hub = await hubOf(options);
  const table = operatorTable(hub.session, ownId(hub, 'FindingsTable'));
  const state = await readState(table, resource);
  if (state === undefined) throw new UserMistake(`Nothing is known about ${keyOf(resource)}: is it spelt right?`);
  const finding = state.findings[control];
  if (finding === undefined) {
    throw new UserMistake(
      `${keyOf(resource)} has no finding ${JSON.stringify(control)}.${didYouMean(control, Object.keys(state.findings))}`,
    );
  }
  if (finding.state === 'closed') {
    throw new UserMistake(`It is closed since ${utc(finding.since)}: there is nothing to be taken on.`);
  }
  const before = await readAck(table, resource, control, finding);
  const { arn } = needed(await callerOf(hub.session), '');
  const ack = ackOf(resource, control, finding, { by: arn, at: Date.now(), note: options.note });
  await table.put(ack);
  const said = before === undefined ? '' : ` ${before.by} had it since ${utc(before.at)}.`;
  return plain(`${arn} has ${control} on ${keyOf(resource)} now.${said}`);
}
