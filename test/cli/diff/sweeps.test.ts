import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Item } from '../../../shared/aws/world.ts';
import { loadBaseline } from '../../../shared/baseline/load.ts';
import { sweepNamed } from '../../../shared/cli/diff/sweeps.ts';
import type { SweepRow } from '../../../shared/sweep/rows.ts';
import { aHub, type DeployedHub } from '../../support/cloud/operator/a-hub.ts';
import { fromSource } from '../../support/from-source.ts';
import { aBaselineFile, aPipeline, HUB, loggingOf, MEMBER, PAYMENTS, REGION, START } from '../../support/pipeline.ts';
import { runCommand } from '../../support/run-command.ts';
import { aSample } from '../../support/samples.ts';
import { aSweeper } from '../../support/sweep.ts';

const DAY = 86_400_000;
const ALL = ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'];
const BUCKET = 'sweep-bucket';
const { baseline } = loadBaseline(aBaselineFile(), 'baseline.yml', START);
const kept = { items: [] as Item[], files: new Map<string, string>() };
let deployed: DeployedHub;

/** Five nights: logs were switched off after the first, on after the second, off after the third; then the cluster was deleted. */
beforeAll(async () => {
  await using pipeline = await aPipeline({ handlers: fromSource(baseline) });
  const sweeper = aSweeper(pipeline, baseline);
  const nights = [() => {}, ...[false, true, false].map((on) => () => pipeline.update(loggingOf(on, ...ALL))), remove];
  for (const [night, change] of nights.entries()) {
    change();
    await pipeline.world.advance(DAY);
    await sweeper.run(`night-${night + 1}`);
  }
  function remove() {
    const nodegroups = { 'payments/workers': null };
    pipeline.cloud.change(MEMBER, { regions: { [REGION]: { clusters: { [PAYMENTS.id]: null }, nodegroups } } });
    pipeline.world.put(aSample('eks-DeleteCluster', { recipientAccountId: MEMBER }));
  }
  kept.items = await pipeline.world.items();
  kept.files = sweeper.files;
  deployed = await aHub();
  const parts = deployed.hub.stacks['eks-warden eu-west-1'] ?? [];
  deployed.hub.stacks['eks-warden eu-west-1'] = [...parts, ['SweepBucket', 'AWS::S3::Bucket', BUCKET]];
  deployed.cloud.answers['s3:GetObject'] = ({ Bucket, Key }) => {
    const text = Bucket === BUCKET ? kept.files.get(String(Key)) : undefined;
    return text === undefined ? {} : { Text: text };
  };
  for (const item of kept.items) await deployed.cloud.put(item);
});
afterAll(() => deployed.stop());

const diff = (...args: string[]) =>
  runCommand(['diff', ...args], { cwd: deployed.folder, env: { ...deployed.env, AWS_ACCESS_KEY_ID: HUB } });
const sentence = (text: string) => ({ code: 2, out: '', err: `eks-warden: ${text}\n` });

it('what became worse between two sweeps is told with who changed it', async () => {
  const { code, out, err } = await diff('sweep:last~4', 'sweep:night-2');
  expect([code, err, out.split('\n')]).toEqual([
    1,
    '',
    [
      'Worse (1)',
      '  high cluster payments 111122223333 eu-west-1: eks-control-plane-logging, pass → fail',
      '    Audit or authenticator logs are off: api, audit, authenticator, controllerManager, scheduler.',
      '    before: on: api, audit, authenticator, controllerManager, scheduler; now: on: none',
      '    changed by anna@example.com with cli from 203.0.113.7 (eks:UpdateClusterConfig, 2026-11-22T03:01:10.000Z)',
      '',
      '1 worse · 0 new · 0 better · 0 gone · 0 as before, from 2026-11-22 03:00 UTC to 2026-11-23 03:01 UTC (1 day).',
      '',
    ],
  ]);
});

it('what became better, and what is gone with its cluster, is told as that', async () => {
  const [better, gone] = await Promise.all([
    diff('sweep:night-2', 'sweep:night-3'),
    diff('sweep:last~1', 'sweep:last'),
  ]);
  expect([better.code, better.out.split('\n'), gone.code, gone.out.split('\n')]).toEqual([
    0,
    [
      'Better (1)',
      '  high cluster payments 111122223333 eu-west-1: eks-control-plane-logging, fail → pass',
      '    on: api, audit, authenticator, controllerManager, scheduler',
      '    before: on: none; now: on: api, audit, authenticator, controllerManager, scheduler',
      '    changed by anna@example.com with cli from 203.0.113.7 (eks:UpdateClusterConfig, 2026-11-23T03:01:10.000Z)',
      '',
      '0 worse · 0 new · 1 better · 0 gone · 0 as before, from 2026-11-23 03:01 UTC to 2026-11-24 03:01 UTC (1 day).',
      '',
    ],
    0,
    [
      'Gone (1)',
      '  high cluster payments 111122223333 eu-west-1: eks-control-plane-logging, fail',
      '    Audit or authenticator logs are off: api, audit, authenticator, controllerManager, scheduler.',
      '    gone by arn:aws:sts::111122223333:assumed-role/terraform-deploy/GitHubActions with terraform from 203.0.113.140 (eks:DeleteCluster, 2026-11-20T09:27:39.000Z)',
      '',
      '0 worse · 0 new · 0 better · 1 gone · 0 as before, from 2026-11-25 03:01 UTC to 2026-11-26 03:01 UTC (1 day).',
      '',
    ],
  ]);
});

it('between a sweep and itself nothing changed', async () => {
  const { code, out } = await diff('sweep:last', 'sweep:last', '--format', 'json');
  const { worse, better, new: added, gone, unseen } = JSON.parse(out || '{}');
  expect([code, worse, better, added, gone, unseen]).toEqual([0, [], [], [], [], []]);
});

it('what cannot be compared is a sentence', async () => {
  const day = (back: number) => `sweep:${new Date(START + (5 - back) * DAY).toISOString().slice(0, 10)}`;
  const newest = [0, 1, 2].map(day).join(', ');
  expect([await diff('sweep:last', 'monday.json'), await diff('sweep:last', 'sweep:2020-01-01')]).toEqual([
    sentence('A sweep lists only what is not in order, so it is compared with a sweep: name two of them.'),
    sentence(
      `There is no sweep of everything named "sweep:2020-01-01". The newest are ${newest}; sweep:last and sweep:last~1 name them too.`,
    ),
  ]);
  kept.files.delete('reports/night-1.json');
  expect(await diff('sweep:night-1', 'sweep:last')).toEqual(
    sentence(
      `The sweep that ended ${new Date(START + DAY).toISOString().slice(0, 16).replace('T', ' ')} UTC has no report to compare any more: they are kept for 30 days, and since this version.`,
    ),
  );
});

it('a sweep is named by its place, its day or its run', () => {
  const row = (run: string, ended: number) => ({ run, ended }) as SweepRow;
  const rows = [row('c', START + 2 * DAY), row('b', START + DAY), row('a', START)];
  const named = (word: string) => sweepNamed(word, rows).run;
  expect(['sweep:last', 'sweep:last~2', 'sweep:2026-11-22', 'sweep:a'].map(named)).toEqual(['c', 'a', 'b', 'a']);
  expect(() => named('sweep:last~3')).toThrow('There is no sweep of everything named "sweep:last~3".');
  expect(() => named('sweep:lastly')).toThrow('There is no sweep of everything named "sweep:lastly".');
});
