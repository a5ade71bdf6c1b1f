import type { Caller } from '../../aws/operator/callers.ts';
import { dynamoTable } from '../../aws/own/table.ts';
import { awsSession } from '../../aws/session.ts';
import { worldOf } from '../../aws/world-of.ts';
import type { Baseline } from '../../baseline/baseline.ts';
import type { AnyStep } from '../../controls/define-control.ts';
import type { Fix } from '../../remediation/fix.ts';
import { UNREAD, undoPlan } from '../../remediation/undo.ts';
import { type Hub, ownId } from '../hub.ts';

const SILENT = { info: () => {}, warn: () => {}, error: () => {} };
const UNCOUNTED = { count: () => {}, duration: () => {} };

/** The exact calls of an undo, worked out with the person's own rights; none where those cannot read the resource. */
export async function preview(
  hub: Hub,
  baseline: Baseline,
  { id, resource, control }: Fix,
  { account, arn, userId }: Caller,
): Promise<{ calls: string[] } | { refused: string }> {
  const calling = hub.session.calling();
  const world = worldOf(
    { log: SILENT, metrics: UNCOUNTED },
    {
      table: dynamoTable(ownId(hub, 'FindingsTable'), calling),
      aws: awsSession({ home: { account, region: hub.region }, client: { sdk: calling.client ?? {} } }),
    },
  );
  const session = userId.split(':')[1];
  const names = session === undefined ? [] : [session];
  const plan = await undoPlan(world, baseline, { resource, control, fixId: id, by: arn, names });
  if ('steps' in plan) return { calls: plan.steps.map(callText) };
  return plan.refused === UNREAD ? { calls: [] } : plan;
}

function callText({ action, input }: AnyStep): string {
  return `${action} ${JSON.stringify(input)}`;
}
