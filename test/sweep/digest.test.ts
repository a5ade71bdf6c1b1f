import { expect, it } from 'vitest';
import { loadBaseline } from '../../shared/baseline/load.ts';
import { type Digest, digestSchema } from '../../shared/notices/digest-schema.ts';
import { noticeFrom } from '../../shared/notices/notice.ts';

import { fromSource } from '../support/from-source.ts';
import {
  ALL,
  ANNA,
  aBaselineFile,
  aPipeline,
  HUB,
  LOGGING,
  loggingOf,
  MEMBER,
  PAYMENTS,
  type Pipeline,
  REGION,
  START,
} from '../support/pipeline.ts';
import { aSample } from '../support/samples.ts';
import { aSweeper, type Sweeper } from '../support/sweep.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;
const LOST = Number.POSITIVE_INFINITY;
const DIGEST_ROUTE = '  - { name: digest, when: digest, to: [email, slack] }\n';

interface Story extends AsyncDisposable {
  pipeline: Pipeline;
  sweeper: Sweeper;
  /** The newest digest as a queue gets it, and as it is mailed. */
  digest(): Digest | undefined;
  mail(): string;
  mails(): number;
}

/** A healthy account that was swept last night; `more` is written behind the baseline. */
async function swept({ eventsAfter = LOST, more = DIGEST_ROUTE, modes = ALL } = {}): Promise<Story> {
  const { baseline } = loadBaseline(`${aBaselineFile(modes)}${more}`, 'baseline.yml', START);
  const pipeline = await aPipeline({ handlers: fromSource(baseline), eventsAfter });
  const bodies: string[] = [];
  pipeline.world.on((step) => {
    if (step.step !== 'invocation' || step.function !== 'post-to-slack') return;
    bodies.push(...(step.event as { Records: { body: string }[] }).Records.map(({ body }) => body));
  });
  const sweeper = aSweeper(pipeline, baseline);
  await sweeper.run('night-1');
  await pipeline.world.advance(DAY);
  const mails = () => pipeline.world.deliveries.filter(({ subject }) => subject?.includes('DIGEST') === true);
  return {
    pipeline,
    sweeper,
    digest: () => bodies.flatMap((body) => noticeFrom(body).digest ?? []).at(-1),
    mail: () => mails().at(-1)?.message ?? '',
    mails: () => mails().length,
    [Symbol.asyncDispose]: () => pipeline[Symbol.asyncDispose](),
  };
}

const logsOff = { regions: { [REGION]: { clusters: { [PAYMENTS.id]: { logging: { clusterLogging: [] } } } } } };

it('Z-04: T-03: whose event was lost is named by the history of CloudTrail, in the digest and beside the finding', async () => {
  await using story = await swept();
  const { pipeline, sweeper } = story;
  pipeline.update(loggingOf(false, 'audit'));
  await pipeline.world.advance(HOUR);
  await sweeper.run('night-2');
  const digest = story.digest();
  expect(digest?.missed).toMatchObject({
    count: 1,
    worst: [{ name: 'payments', control: LOGGING, severity: 'high' }],
  });
  expect(digest?.missed.worst[0]?.by).toMatch(
    /^anna@example\.com, as arn:aws:iam::111122223333:role\/aws-reserved\/.*, eks:UpdateClusterConfig, 2026-11-22T03:0\d UTC$/,
  );
  const finding = await pipeline.finding(LOGGING);
  expect(finding?.cause).toMatchObject({ event: 'eks:UpdateClusterConfig', late: true });
  expect(finding?.cause?.actor).toMatchObject({ person: 'anna@example.com', confidence: 'certain' });
  expect(sweeper.counts.missedByEvents).toBe(1);
});

it('T-03: a change that CloudTrail has nothing of is by nobody known', async () => {
  await using story = await swept();
  story.pipeline.cloud.change(MEMBER, logsOff);
  await story.sweeper.run('night-2');
  expect(story.digest()?.missed.worst.map(({ by }) => by)).toEqual(['unknown (outside the event path)']);
  expect((await story.pipeline.finding(LOGGING))?.cause).toBeUndefined();
});

it('T-03: of two who changed it nobody is picked', async () => {
  await using story = await swept();
  const { pipeline, sweeper } = story;
  const bert = {
    ...ANNA,
    userIdentity: { type: 'IAMUser', userName: 'bert', arn: `arn:aws:iam::${MEMBER}:user/bert` },
  };
  pipeline.update(loggingOf(false, 'audit'));
  await pipeline.world.advance(HOUR);
  pipeline.update(loggingOf(false, 'api'), bert);
  await pipeline.world.advance(HOUR);
  await sweeper.run('night-2');
  expect(story.digest()?.missed.worst.map(({ by }) => by)).toEqual(['unknown (outside the event path)']);
});

it('T-03: where the history may not be read nobody is named, and the sweep goes on', async () => {
  await using story = await swept();
  const { pipeline, sweeper } = story;
  pipeline.update(loggingOf(false, 'audit'));
  await pipeline.world.advance(HOUR);
  pipeline.cloud.deny('cloudtrail:LookupEvents');
  const row = await sweeper.run('night-2');
  expect([row?.complete, story.digest()?.missed.worst.map(({ by }) => by)]).toEqual([
    true,
    ['unknown (outside the event path)'],
  ]);
});

it('what a newly enabled control finds was missed by nobody', async () => {
  const { [LOGGING]: _, ...others } = ALL;
  await using story = await swept({ modes: others });
  story.pipeline.cloud.change(MEMBER, logsOff);
  const { baseline } = loadBaseline(`${aBaselineFile()}${DIGEST_ROUTE}`, 'baseline.yml', START);
  const row = await aSweeper(story.pipeline, baseline).run('night-2');
  expect(row?.tally).toMatchObject({ opened: 1, missed: 0, controls: { [LOGGING]: { open: 1 } } });
});

it('what an event told of is new in the digest and not missed; the night after it is neither', async () => {
  await using story = await swept({ eventsAfter: 2000 });
  const { pipeline, sweeper } = story;
  pipeline.update(loggingOf(false, 'audit'));
  await pipeline.world.advance(DAY / 2);
  await sweeper.run('night-2');
  const { missed, opened, totals, before, clusters } = story.digest() ?? {};
  expect([missed?.count, opened?.count, opened?.heldBack, totals?.fail, before?.fail]).toEqual([0, 1, 0, 1, 0]);
  expect(clusters).toEqual([
    { name: 'payments', account: MEMBER, region: REGION, fail: 1, unknown: 0, waived: 0, change: 1 },
  ]);
  await pipeline.world.advance(DAY);
  await sweeper.run('night-3');
  expect([story.digest()?.opened.count, story.digest()?.totals.fail]).toEqual([0, 1]);
  expect(story.digest()?.clusters.map(({ change }) => change)).toEqual([0]);
});

it('what came to its end between two sweeps is resolved in the second', async () => {
  await using story = await swept({ eventsAfter: 2000 });
  const { pipeline, sweeper } = story;
  pipeline.update(loggingOf(false, 'audit'));
  await pipeline.world.advance(DAY / 2);
  await sweeper.run('night-2');
  pipeline.update(loggingOf(true, 'api', 'audit', 'authenticator', 'controllerManager', 'scheduler'));
  await pipeline.world.advance(DAY);
  await sweeper.run('night-3');
  expect(story.digest()?.resolved).toMatchObject({ count: 1, worst: [{ name: 'payments', control: LOGGING }] });
  await pipeline.world.advance(DAY);
  await sweeper.run('night-4');
  expect(story.digest()?.resolved.count).toBe(0);
});

it('what a route keeps for the digest is told in it', async () => {
  const now = 'routes:\n  - { name: all, when: now, to: [email, slack] }\n';
  const later = 'routes:\n  - { name: later, when: digest, to: [email, slack] }\n';
  const file = aBaselineFile().replace(now, later);
  const { baseline } = loadBaseline(file, 'baseline.yml', START);
  await using pipeline = await aPipeline({ handlers: fromSource(baseline) });
  const sweeper = aSweeper(pipeline, baseline);
  await sweeper.run('night-1');
  pipeline.update(loggingOf(false, 'audit'));
  await pipeline.world.advance(DAY);
  await sweeper.run('night-2');
  const [mail, ...more] = pipeline.world.deliveries.filter(({ subject }) => !subject?.includes('FIRST'));
  expect([mail?.subject, more]).toEqual([
    '[eks-warden] DIGEST: 1 fail (+1), 0 unknown, 0 waived; 1 new, 0 resolved',
    [],
  ]);
  expect(mail?.message).toContain('* New: 1\n  Told at once: 0; told here first: 1.\n');
});

it('a permission that is missing is named with what it leaves unknown', async () => {
  await using story = await swept();
  story.pipeline.cloud.deny('eks:DescribeCluster');
  await story.sweeper.run('night-2');
  const { unknown } = story.digest() ?? {};
  expect(unknown?.missing).toEqual([{ permission: 'eks:DescribeCluster', findings: expect.any(Number) }]);
  expect(unknown?.count).toBeGreaterThan(0);
  expect(story.mail()).toContain('Missing:        eks:DescribeCluster: ');
});

const waiver = (until: string) =>
  `waivers:\n  - { control: ${LOGGING}, resource: '${MEMBER}#${REGION}#cluster#payments', reason: x, requestedBy: ana, approvedBy: bo, until: ${until} }\n`;

it('X-04: a waiver is named before it ends, and when it has covered nothing for a month', async () => {
  const until = new Date(START + 50 * DAY).toISOString().slice(0, 10);
  await using story = await swept({ more: `${DIGEST_ROUTE}${waiver(`'${until}'`)}` });
  const { pipeline, sweeper } = story;
  const line = { control: LOGGING, resource: `${MEMBER}#${REGION}#cluster#payments`, until, approvedBy: 'bo' };
  const none = { expiring: [], moreExpiring: 0, unused: [], moreUnused: 0 };
  await sweeper.run('night-2');
  const early = story.digest()?.waivers;
  await pipeline.world.advance(31 * DAY);
  await sweeper.run('night-33');
  const unused = story.digest()?.waivers;
  pipeline.cloud.change(MEMBER, logsOff);
  await pipeline.world.advance(10 * DAY);
  await sweeper.run('night-43');
  const used = story.digest();
  expect([early, unused, used?.waivers]).toEqual([none, { ...none, unused: [line] }, { ...none, expiring: [line] }]);
  expect(used?.totals).toMatchObject({ fail: 0, waived: 1 });
});

it('X-03: when a waiver ends the next sweep opens its finding and tells it, and no event is blamed', async () => {
  const until = new Date(START + 2 * DAY).toISOString().slice(0, 10);
  await using story = await swept({ more: `${DIGEST_ROUTE}${waiver(`'${until}'`)}` });
  const { pipeline, sweeper } = story;
  pipeline.cloud.change(MEMBER, logsOff);
  await sweeper.run('night-2');
  const waived = (await pipeline.finding(LOGGING))?.state;
  await pipeline.world.advance(3 * DAY);
  const before = pipeline.world.deliveries.length;
  const row = await sweeper.run('night-5');
  const told = pipeline.world.deliveries.slice(before).map(({ subject }) => subject);
  expect([waived, (await pipeline.finding(LOGGING))?.state, row?.tally.missed]).toEqual(['waived', 'open', 0]);
  expect(told).toContain(
    '[eks-warden] HIGH: EKS cluster payments: Audit or authenticator logs are off: api, audit, authen...',
  );
});

it('the report is in the bucket under the address that the digest names, which holds no right of its own', async () => {
  await using story = await swept();
  const { pipeline, sweeper } = story;
  pipeline.cloud.change(MEMBER, logsOff);
  const row = await sweeper.run('night-2');
  expect(row?.report).toBe('reports/night-2.html');
  expect(story.digest()?.report).toBe(
    'https://console.aws.amazon.com/s3/object/lists?region=eu-west-1&prefix=reports%2Fnight-2.html',
  );
  const page = sweeper.files.get('reports/night-2.html') ?? '';
  expect([page.startsWith('<!doctype html>'), page.includes('payments')]).toEqual([true, true]);
  expect(JSON.parse(sweeper.files.get(row?.posture ?? '') ?? '')).toEqual({
    [`${MEMBER}#${REGION}#payments`]: { fail: 1, unknown: 0, waived: 0 },
  });
});

it('a repeated end tells no second digest; one that failed before its mark tells the same again', async () => {
  await using story = await swept();
  const { pipeline, sweeper } = story;
  const listed = await sweeper.list('night-2');
  for (const region of [REGION, 'global']) await sweeper.sweep('night-2', { account: MEMBER, region });
  await sweeper.close(listed);
  await sweeper.close(listed);
  await pipeline.world.untilIdle();
  expect(story.mails()).toBe(1);
  const ids = () => story.pipeline.world.deliveries.map(({ id }) => id);
  const before = ids().length;
  await sweeper.world.table.remove(`sweeps#${HUB}`, 'sent#digest#night-2');
  await sweeper.close(listed);
  await pipeline.world.untilIdle();
  const [first, second] = pipeline.world.deliveries
    .filter(({ subject }) => subject?.includes('DIGEST') === true)
    .map(({ message }) => /^Notice (\w+) of/m.exec(message)?.[1]);
  expect([ids().length - before, first]).toEqual([1, second]);
});

it('where nobody asked for a digest it comes when something needs telling, and only then', async () => {
  await using story = await swept({ more: '' });
  await story.sweeper.run('night-2');
  const quiet = story.mails();
  await story.pipeline.world.advance(DAY);
  story.pipeline.cloud.change(MEMBER, logsOff);
  await story.sweeper.run('night-3');
  expect([quiet, story.mails()]).toEqual([0, 1]);
});

it('a sweep of one scope makes no digest', async () => {
  await using story = await swept();
  await story.sweeper.run('some', { account: MEMBER, region: REGION });
  expect(story.mails()).toBe(0);
});

it('what is sent is of the form that its schema says', async () => {
  await using story = await swept();
  await story.sweeper.run('night-2');
  expect(digestSchema.safeParse(story.digest()).success).toBe(true);
});

it('what an event closed with its resource is told as resolved, and no more the night after', async () => {
  await using story = await swept({ eventsAfter: 2000 });
  const { pipeline, sweeper } = story;
  pipeline.update(loggingOf(false, 'audit'));
  await pipeline.world.advance(DAY / 2);
  await sweeper.run('night-2');
  pipeline.cloud.change(MEMBER, {
    regions: { [REGION]: { clusters: { [PAYMENTS.id]: null }, nodegroups: { 'payments/workers': null } } },
  });
  pipeline.world.put(aSample('eks-DeleteCluster', { recipientAccountId: MEMBER }));
  await pipeline.world.advance(DAY);
  const closed = await pipeline.state();
  await sweeper.run('night-3');
  const resolved = story.digest()?.resolved;
  await pipeline.world.advance(DAY);
  await sweeper.run('night-4');
  expect([closed?.gone, story.digest()?.resolved.count]).toEqual(['deleted', 0]);
  expect(resolved).toMatchObject({
    count: 1,
    worst: [
      {
        ...{ name: 'payments', control: LOGGING },
        text: expect.stringMatching(/^Gone with its resource\. Audit or authenticator logs are off: /),
      },
    ],
  });
});
