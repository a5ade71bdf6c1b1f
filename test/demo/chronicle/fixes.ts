import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { transitions } from '../../../shared/notices/transitions.ts';
import type { Fix } from '../../../shared/remediation/fix.ts';
import type { Run } from './chronicle.ts';
import type { Entry, FixStep } from './entry.ts';
import { grouped, isRead, writtenIn } from './looks.ts';

/** What one run of remediate-finding did: planned, called, followed, ended – or was held back. */
export function fixSteps(run: Run): Entry[] {
  const fixes = run.steps.flatMap((step) => (step.step === 'record' ? fixRecord(step.record) : []));
  const started = fixes.flatMap(({ before, after }) =>
    before === undefined ? [entry(run, after, planned(after))] : [],
  );
  const writes = grouped(run.calls).filter(({ action }) => !isRead(action));
  const [about] = fixes;
  const called = about ? writes.map((call) => entry(run, about.after, { step: 'called', call })) : [];
  const later = fixes.flatMap(({ before, after }) => stepsOf(before, after).map((step) => entry(run, after, step)));
  return [...started, ...called, ...later, ...heldIn(run)];
}

function stepsOf(before: Fix | undefined, { status, updateId, why = 'no reason given' }: Fix): FixStep[] {
  const followed = updateId !== undefined && updateId !== before?.updateId;
  return [
    ...(followed ? [{ step: 'followed' as const, updateId }] : []),
    ...(status === 'ended' && before?.status !== 'ended' ? [{ step: 'ended' as const }] : []),
    ...(status === 'failed' && before?.status !== 'failed' ? [{ step: 'failed' as const, why }] : []),
  ];
}

function planned({ steps }: Fix): FixStep {
  return { step: 'planned', calls: steps.map(({ action, input }) => `${action} ${JSON.stringify(input)}`) };
}

/** A guard's word stands on the finding; nothing was called then. */
function heldIn(run: Run): Entry[] {
  const changed = [...writtenIn(run).values()].flat().flatMap(({ before, after }) => transitions(before, after));
  return changed.flatMap(({ resource, control, finding: { fix } }): Entry[] =>
    fix?.status === 'held' ? [{ at: run.at, what: 'fix', resource, control, step: 'held', why: fix.why ?? '' }] : [],
  );
}

function entry({ at }: Run, { resource, control }: Fix, step: FixStep): Entry {
  return { at, what: 'fix', resource, control, ...step };
}

function fixRecord({ dynamodb }: DynamoDBRecord): { before: Fix | undefined; after: Fix }[] {
  const after = imageOf(dynamodb?.NewImage);
  return after === undefined ? [] : [{ before: imageOf(dynamodb?.OldImage), after }];
}

function imageOf(image: unknown): Fix | undefined {
  if (image === undefined) return undefined;
  const item = unmarshall(image as Record<string, AttributeValue>);
  return String(item.sk).startsWith('fix#') ? (item as Fix) : undefined;
}
