import { afterEach, beforeEach, expect, it } from 'vitest';
import { ACCOUNT, aHub, type DeployedHub, OTHER, sweepRow } from '../support/cloud/operator/a-hub.ts';

const START = Date.parse('2026-11-21T02:30:00Z');
const MACHINE = `arn:aws:states:eu-west-1:${ACCOUNT}:stateMachine:sweep`;

let deployed: DeployedHub;
beforeEach(async () => {
  deployed = await aHub();
});
afterEach(() => deployed.stop());

const started = () =>
  deployed.cloud.calls.filter(({ action }) => action === 'states:StartExecution').map(({ input }) => input);
const sentence = (text: string) => ({ code: 2, out: '', err: `eks-warden: ${text}\n` });

it('a sweep of everything, or of one account in one region, is started', async () => {
  const whole = await deployed.run('sweep', 'start');
  const one = await deployed.run('sweep', 'start', '--account', OTHER, '--region', 'global');
  const rest = `It reads and judges; it changes nothing in AWS. Findings and notices come as it goes, and a summary at its end.
Where it is: npx eks-warden sweep status
`;
  expect([whole, one, started()]).toEqual([
    { code: 0, err: '', out: `A sweep of everything that is watched has started.\n${rest}` },
    { code: 0, err: '', out: `A sweep of 444455556666 global has started.\n${rest}` },
    [
      { stateMachineArn: MACHINE, input: '{}' },
      { stateMachineArn: MACHINE, input: JSON.stringify({ scope: { account: OTHER, region: 'global' } }) },
    ],
  ]);
});

it('W-05: while one runs no other is started', async () => {
  deployed.hub.executions = [{ name: 'tonight', status: 'RUNNING', startDate: '2026-11-21T02:30:00Z' }];
  expect([await deployed.run('sweep', 'start'), started()]).toEqual([
    sentence(
      'A sweep has been running since 2026-11-21 02:30 UTC: wait until it has ended (npx eks-warden sweep status).',
    ),
    [],
  ]);
});

it('a scope that is not watched is refused with what is', async () => {
  expect([
    await deployed.run('sweep', 'start', '--account', '999988887777', '--region', 'eu-west-1'),
    await deployed.run('sweep', 'start', '--account', OTHER, '--region', 'eu-west-2'),
    await deployed.run('sweep', 'start', '--region', 'eu-west-1'),
    started(),
  ]).toEqual([
    sentence('Account 999988887777 is not watched: add it to `accounts` in baseline.yml and deploy.'),
    sentence('"eu-west-2" is not watched. Did you mean eu-west-1? These are: eu-west-1, us-east-1, global.'),
    sentence('Which account? Several are watched: name one with --account.'),
    [],
  ]);
});

it('status tells how far the one that runs has come, and what the last one came to', async () => {
  await deployed.cloud.put(
    sweepRow(START - 86_400_000, { complete: false, incomplete: ['role in 444455556666 global'] }),
  );
  deployed.hub.executions = [{ name: 'tonight', status: 'RUNNING', startDate: '2026-11-21T02:30:00Z' }];
  const progress = {
    pk: `sweep#${ACCOUNT}#eu-west-1`,
    sk: 'run',
    kinds: [{ kind: 'cluster' }],
    at: { kind: 'role', looked: 12 },
  };
  await deployed.cloud.put(progress);
  expect(await deployed.run('sweep', 'status')).toEqual({
    code: 0,
    err: '',
    out: `A sweep has been running since 2026-11-21 02:30 UTC.
  111122223333 eu-west-1: done: cluster; now: role (12 looked at).
2026-11-20 02:30 UTC: everything, 5 scopes in 4 minutes; 34 resources, open: 2 high; 1 missed by events.
  not read completely: role in 444455556666 global
`,
  });
});

it('history tells how everything stood after each sweep of everything, and what changed', async () => {
  const day = 86_400_000;
  const tally = { resources: 34, severities: {}, missing: {}, opened: 1, missed: 1 };
  const stands = (controls: object) => ({ tally: { ...tally, controls } });
  const { cloud, run } = deployed;
  await cloud.put(sweepRow(START - 2 * day, { run: 'a', ...stands({ x: { open: 2, passes: 8 } }) }));
  await cloud.put(sweepRow(START - day, { run: 'one scope', full: false, ...stands({ x: { open: 1 } }) }));
  await cloud.put(sweepRow(START, { run: 'b', ...stands({ x: { open: 5, passes: 4, unread: 1, waived: 2 } }) }));
  expect(await run('sweep', 'history')).toEqual({
    code: 0,
    err: '',
    out: `ended                 fail          unknown  waived  pass    opened  missed  resources  complete
2026-11-21 02:30 UTC  5 (+3)        1        2       4       1       1       34         yes
2026-11-19 02:30 UTC  2             0        0       8       1       1       34         yes
`,
  });
  const { out } = await run('sweep', 'history', '--last', '1', '--format', 'json');
  expect(JSON.parse(out)).toMatchObject([{ run: 'b', fail: 5, unknown: 1, waived: 2, pass: 4, failChange: 3 }]);
});

it('a history without a sweep of everything says so', async () => {
  expect(await deployed.run('sweep', 'history')).toEqual({
    code: 0,
    err: '',
    out: 'No sweep of everything has come to its end yet: npx eks-warden sweep status\n',
  });
});
