import { expect, it } from 'vitest';
import { loadBaseline } from '../../shared/baseline/load.ts';
import type { Finding } from '../../shared/findings/finding.ts';
import type { Notice } from '../../shared/notices/notice.ts';
import type { Fix } from '../../shared/remediation/fix.ts';
import { fromSource } from '../support/from-source.ts';
import { aBaselineFile, aPipeline, LOGGING, loggingOf } from '../support/pipeline.ts';

const { baseline } = loadBaseline(aBaselineFile({ [LOGGING]: 'remediate' }), 'baseline.yml', 0);

it("Q-05: the event's id leads to the verdict, the fix, its call, that call's own event and each notice", async () => {
  await using pipeline = await aPipeline({ handlers: fromSource(baseline) });
  const { world, cloud, steps } = pipeline;
  pipeline.update(loggingOf(false, 'audit'));
  await world.untilIdle();

  const details = steps.flatMap((step) => (step.step === 'event' ? [(step.event as { detail: Detail }).detail] : []));
  const [change, ...others] = details.filter(({ eventName }) => eventName === 'UpdateClusterConfig');
  const items = await world.items();
  const history = items
    .filter(({ sk }) => sk.startsWith('history#'))
    .map(({ to, finding }) => ({ to, finding: finding as Finding }));
  const [fix] = items.filter(({ sk }) => sk.startsWith('fix#')) as Fix[];
  const told = steps.flatMap((step) =>
    step.step === 'message' && step.queue === 'slack' ? [JSON.parse(JSON.parse(step.body).Message) as Notice] : [],
  );

  expect(history.map(({ to, finding }) => [to, finding.fix?.id])).toEqual([
    ['open', undefined],
    ['fixing', fix?.id],
    ['closed', fix?.id],
  ]);
  const caused = history.filter(({ to }) => to !== 'closed').map(({ finding }) => finding.cause?.eventId);
  expect(caused).toEqual([change?.eventID, change?.eventID]);
  const ours = others.find(({ requestParameters }) =>
    String(requestParameters.clientRequestToken).startsWith(`${fix?.id}-`),
  );
  expect(ours?.userIdentity.sessionContext?.sessionIssuer.arn).toMatch(/role\/.*fix$/);
  expect(cloud.calls().some(({ input }) => input.clientRequestToken === `${fix?.id}-0`)).toBe(true);
  expect(told.map(({ state, cause, news: [one] }) => [state, cause?.eventId, one?.fix?.id])).toEqual([
    ['open', change?.eventID, undefined],
    ['fixing', change?.eventID, fix?.id],
    ['closed', expect.any(String), fix?.id],
  ]);
});

interface Detail {
  eventName: string;
  eventID: string;
  requestParameters: Record<string, unknown>;
  userIdentity: { sessionContext?: { sessionIssuer: { arn: string } } };
}
