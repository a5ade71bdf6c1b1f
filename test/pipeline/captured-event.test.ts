import { beforeAll, expect, it } from 'vitest';
import { loadBaseline } from '../../shared/baseline/load.ts';
import { anAccount } from '../support/cloud/audited/index.ts';
import { fromSource } from '../support/from-source.ts';
import type { HandlerSource } from '../support/local-world/handlers.ts';
import {
  aBaselineFile,
  aPipeline,
  LOGGING,
  loggingOf,
  MEMBER,
  PAYMENTS,
  packaged,
  REGION,
  START,
} from '../support/pipeline.ts';
import { aSample } from '../support/samples.ts';

const EVENT = aSample('eks-UpdateClusterConfig');
const FILE = aBaselineFile();
const source = fromSource(loadBaseline(FILE, 'baseline.yml', 0).baseline);

/** The healthy cluster, but audit and authenticator logs are off, as the captured event says. */
function audited() {
  const account = anAccount(MEMBER, REGION);
  const cluster = account.regions[REGION]?.clusters?.[PAYMENTS.id];
  if (cluster) Object.assign(cluster, { logging: loggingOf(true, 'api', 'controllerManager', 'scheduler').logging });
  return account;
}

async function played(handlers: HandlerSource) {
  await using pipeline = await aPipeline({ handlers, audited: audited() });
  pipeline.world.put(EVENT);
  await pipeline.world.untilIdle();
  return {
    finding: await pipeline.finding(LOGGING),
    posts: pipeline.world.slack.posts.map(({ body }) => body),
    mails: pipeline.world.deliveries.map(({ name, subject, message }) => ({ name, subject, message })),
    dead: Object.values(pipeline.world.queues).flatMap(({ dead }) => dead),
    errors: pipeline.world.logs.filter(({ line }) => /"level":"ERROR"/.test(line)),
  };
}

let packages: HandlerSource;
beforeAll(async () => {
  packages = await packaged('captured-event', FILE);
});

it('a captured event becomes a stored finding, a Slack post and a mail', async () => {
  const { finding, posts, mails, dead, errors } = await played(source);
  expect(finding).toEqual({
    state: 'open',
    severity: 'high',
    said: [
      {
        reason: 'auditMissing',
        severity: 'high',
        text: 'Audit or authenticator logs are off: audit, authenticator.',
        data: { missing: 'audit, authenticator' },
      },
    ],
    shows: 'on: api, controllerManager, scheduler',
    firstSeen: START,
    since: START,
    cause: {
      eventId: EVENT.detail.eventID,
      event: 'eks:UpdateClusterConfig',
      time: Date.parse(EVENT.time),
      actor: expect.objectContaining({ person: 'ana.lima@example.com', confidence: 'certain', channel: 'console' }),
    },
    plan: [
      'eks:UpdateClusterConfig {"name":"payments","logging":{"clusterLogging":[{"types":["audit","authenticator"],"enabled":true}]}}',
    ],
  });
  const headline = 'HIGH: EKS cluster payments: Audit or authenticator logs are off: audit, authenticator.';
  expect(posts.map(({ text }) => text)).toEqual([headline]);
  expect(JSON.stringify(posts)).toContain('ana.lima@example.com');
  expect(mails.map(({ name, subject }) => [name, subject])).toEqual([['email', `[eks-warden] ${headline}`]]);
  expect([dead, errors]).toEqual([[], []]);
});

it('the packaged functions come to just what their sources come to', async () => {
  expect(await played(packages)).toEqual(await played(source));
});
