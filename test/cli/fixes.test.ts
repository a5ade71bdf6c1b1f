import { createColors } from 'picocolors';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { linesOf } from '../../shared/cli/fixes/line.ts';
import { fixesText } from '../../shared/cli/fixes/tell.ts';
import type { ResourceState } from '../../shared/findings/finding.ts';
import { type Fix, fixSort, listed } from '../../shared/remediation/fix.ts';
import { ACCOUNT, aHub, type DeployedHub } from '../support/cloud/operator/a-hub.ts';

const CONTROL = 'eks-control-plane-logging';
const START = Date.parse('2026-11-21T09:30:00Z');
const MINUTE = 60_000;

function aFix(id: string, at: number, more: Partial<Fix> = {}): Fix {
  const resource = { kind: 'cluster' as const, id: 'payments', account: ACCOUNT, region: 'eu-west-1' };
  return {
    pk: `${ACCOUNT}#eu-west-1#cluster#payments`,
    sk: fixSort(CONTROL, at, id),
    ...listed(resource, at, id),
    id,
    control: CONTROL,
    resource,
    clusters: ['payments'],
    steps: [{ safety: 'auto', action: 'eks:UpdateClusterConfig', input: { name: 'payments' } }],
    accepted: 1,
    status: 'ended',
    before: '{}',
    startedAt: at,
    deadline: at + 120 * MINUTE,
    ...more,
  };
}

const held = (name: string) =>
  ({
    pk: `${ACCOUNT}#eu-west-1#cluster#${name}`,
    sk: 'state',
    kind: 'cluster',
    id: name,
    account: ACCOUNT,
    region: 'eu-west-1',
    clusters: [name],
    scope: `${ACCOUNT}#eu-west-1`,
    rank: '1#held',
    findings: {
      [CONTROL]: {
        state: 'open',
        severity: 'high',
        said: [],
        since: START - MINUTE,
        plan: ['eks:UpdateClusterConfig {"name":"orders"}'],
        fix: { id: 'b'.repeat(32), status: 'held', why: 'Fixing is paused: the kill switch is off.' },
      },
    },
  }) as unknown as ResourceState;

const all = [
  aFix('1'.repeat(32), START, { status: 'called' }),
  aFix('2'.repeat(32), START - 10 * MINUTE),
  aFix('3'.repeat(32), START - 20 * MINUTE, { status: 'failed', why: 'EKS ended the update as Failed: BadThing.' }),
  aFix('4'.repeat(32), START - 30 * MINUTE),
  aFix(`${'4'.repeat(32)}-undo`, START - 5 * MINUTE, { undoes: '4'.repeat(32), by: 'ana@example.com' }),
  aFix('5'.repeat(32), START - 40 * MINUTE, {
    refusedUndo: { by: 'bo', at: START, why: 'The resource has changed since the fix.' },
  }),
];

let deployed: DeployedHub;
beforeEach(async () => {
  deployed = await aHub();
});
afterEach(() => deployed.stop());

it('fixes are listed from the index, the newest first, with what holds them and what became of them', async () => {
  for (const item of [...all, held('orders')]) await deployed.cloud.put(item as never);
  const { code, out, err } = await deployed.run('fixes');
  expect({ code, err, out: out.replace(/ +$/gm, '') }).toEqual({
    code: 0,
    err: '',
    out: `Fixing runs: /eks-warden/fixes is on. Pause it: npx eks-warden fixes pause

Since (UTC)       State    Control                    Resource                                   Fix
2026-11-21 09:30  running  eks-control-plane-logging  cluster payments (111122223333 eu-west-1)  11111111
  Calls eks:UpdateClusterConfig.
2026-11-21 09:29  held     eks-control-plane-logging  cluster orders (111122223333 eu-west-1)    bbbbbbbb
  Fixing is paused: the kill switch is off. Calls eks:UpdateClusterConfig.
2026-11-21 09:20  ended    eks-control-plane-logging  cluster payments (111122223333 eu-west-1)  22222222
  Calls eks:UpdateClusterConfig.
2026-11-21 09:10  failed   eks-control-plane-logging  cluster payments (111122223333 eu-west-1)  33333333
  EKS ended the update as Failed: BadThing. Calls eks:UpdateClusterConfig.
2026-11-21 09:00  undone   eks-control-plane-logging  cluster payments (111122223333 eu-west-1)  44444444
  Undoing was asked for by ana@example.com. Calls eks:UpdateClusterConfig.
2026-11-21 08:50  ended    eks-control-plane-logging  cluster payments (111122223333 eu-west-1)  55555555
  Its undoing was refused: The resource has changed since the fix. Calls eks:UpdateClusterConfig.

6 lines: 1 running, 1 held, 1 failed, 2 ended, 1 undone. Take one back: npx eks-warden undo FIX
`,
  });
});

it('they are chosen by account, region and cluster, and are data for programs', async () => {
  for (const item of [...all, held('orders')]) await deployed.cloud.put(item as never);
  const where = ['--account', ACCOUNT, '--region', 'eu-west-1', '--cluster', 'orders', '--format', 'json'];
  expect(JSON.parse((await deployed.run('fixes', ...where)).out)).toEqual({
    fixing: { state: 'runs', killSwitch: '/eks-warden/fixes' },
    fixes: linesOf([], [held('orders')]),
  });
});

it('on a terminal the table keeps to its width, and names cannot steer it', () => {
  const lines = linesOf(
    [
      aFix('1'.repeat(32), START, {
        why: 'a \u001b[31mred\u001b[0m reason \u202e that goes on for longer than one line has room for',
        status: 'failed',
      }),
    ],
    [held(`o\u001b]0;${'x'.repeat(120)}\nrders`)],
  );
  const text = fixesText(lines, { width: 80, colour: createColors(false) });
  const rows = text.split('\n');
  expect([rows.filter((row) => row.length > 80 && !row.startsWith('2 lines')), /[^\n\x20-\x7e]/.test(text)]).toEqual([
    [],
    false,
  ]);
});

it('no fix begins after a pause, and resume lets them go on', async () => {
  const paused = await deployed.run('fixes', 'pause');
  const between = [deployed.hub.parameters.get('/eks-warden/fixes'), (await deployed.run('fixes')).out.split('\n')[0]];
  const resumed = await deployed.run('fixes', 'resume');
  expect([paused, between, resumed, deployed.hub.parameters.get('/eks-warden/fixes')]).toEqual([
    {
      code: 0,
      err: '',
      out: `Fixing is paused: /eks-warden/fixes is off.
The switch is read right before each call, so no call begins from now on; a call that AWS has taken already runs to its end.
Findings are still found and told; each fix that is due is held, and its finding says so.
Whoever may read the parameter sees it, and so does everybody who runs npx eks-warden fixes; CloudTrail keeps who turned it.
Resume: npx eks-warden fixes resume
`,
    },
    ['off', 'Fixing is paused: /eks-warden/fixes is not on. Resume it: npx eks-warden fixes resume'],
    {
      code: 0,
      err: '',
      out: `Fixing runs again: /eks-warden/fixes is on, and holds for the next fix at once.
What was held meanwhile is offered again by the next sweep: npx eks-warden sweep start, or tonight.
`,
    },
    'on',
  ]);
});

it('what cannot be done is one sentence, with 2: no right, no hub, no switch', async () => {
  deployed.cloud.denied.add('ssm:PutParameter');
  const denied = await deployed.run('fixes', 'pause');
  const absent = await deployed.run('fixes', '--stack', 'another');
  delete deployed.hub.stacks['eks-warden eu-west-1'];
  deployed.hub.stacks['eks-warden eu-west-1'] = [['FindingsTable', 'AWS::DynamoDB::Table', 'findings']];
  const none = await deployed.run('fixes', 'resume');
  const sentence = (text: string) => ({ code: 2, out: '', err: `eks-warden: ${text}\n` });
  expect([denied, absent, none]).toEqual([
    sentence('Denied: eks-warden needs ssm:PutParameter for this (AccessDenied on ssm:PutParameter).'),
    sentence(
      'There is no stack another in eu-west-1: deploy it first (npm run deploy), or name another with --stack and --hub-region.',
    ),
    sentence('Nothing can be resumed: no control of the deployed baseline may be fixed, so there is no kill switch.'),
  ]);
});
