import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { confirmed } from '../../shared/cli/undo/confirm.ts';
import { becameOf } from '../../shared/cli/undo/follow.ts';
import { type Fix, fixSort, listed } from '../../shared/remediation/fix.ts';
import { namesOf } from '../support/cloud/audited/index.ts';
import { ACCOUNT, aHub, type DeployedHub } from '../support/cloud/operator/a-hub.ts';

const CONTROL = 'eks-control-plane-logging';
/** Who runs the command in these accounts. */
const CALLER = `arn:aws:sts::${ACCOUNT}:assumed-role/eks-warden-fix/remediate-finding`;
const START = Date.parse('2026-11-21T09:30:00Z');
const ID = '0123456789abcdef'.repeat(2);
const { cluster: name } = namesOf(ACCOUNT, 'eu-west-1');
const resource = { kind: 'cluster' as const, id: name, account: ACCOUNT, region: 'eu-west-1' };
const pk = `${ACCOUNT}#eu-west-1#cluster#${name}`;
const fix: Fix = {
  pk,
  sk: fixSort(CONTROL, START, ID),
  ...listed(resource, START, ID),
  id: ID,
  control: CONTROL,
  resource,
  clusters: [name],
  steps: [{ safety: 'auto', action: 'eks:UpdateClusterConfig', input: { name } }],
  accepted: 1,
  status: 'ended',
  before: JSON.stringify({ name, logging: { clusterLogging: [{ types: ['api'], enabled: true }] } }),
  generation: '2026-06-15T08:30:12.345Z',
  startedAt: START,
  deadline: START,
};

const state = {
  ...resource,
  pk,
  sk: 'state',
  schema: 1,
  version: 4,
  clusters: [name],
  links: [],
  findings: {
    [CONTROL]: {
      state: 'closed',
      severity: 'high',
      said: [],
      since: START,
      shows: 'on: api, audit, authenticator, controllerManager, scheduler',
      fix: { id: ID, status: 'verified' },
    },
  },
};
const undoing = { ...fix, sk: fixSort(CONTROL, START + 1, `${ID}-undo`), id: `${ID}-undo`, undoes: ID };

let deployed: DeployedHub;
beforeEach(async () => {
  deployed = await aHub();
  await deployed.cloud.put(fix);
  await deployed.cloud.put(state);
});
afterEach(() => deployed.stop());

/** What the remediator does once it has the message. */
function then(item: Fix) {
  deployed.hub.onMessage = () => void deployed.cloud.put(item);
}
const asked = () =>
  deployed.cloud.calls
    .filter(({ action }) => action === 'sqs:SendMessage')
    .map(({ input }) => JSON.parse(String(input.MessageBody)));
const sentence = (text: string) => ({ code: 2, out: '', err: `eks-warden: ${text}\n` });

it('F-07: an undo says what it will call, asks the remediator for it, and tells what became of it', async () => {
  then(undoing);
  expect(await deployed.run('undo', '01234567', '--yes')).toEqual({
    code: 0,
    err: 'Asked for. Waiting for what becomes of it…\n',
    out: `Fix ${ID} of eks-control-plane-logging, 2026-11-21 09:30 UTC
  on cluster payments (111122223333 eu-west-1)
  called eks:UpdateClusterConfig
Its undoing would call
  eks:UpdateClusterConfig {"name":"payments","logging":{"clusterLogging":[{"types":["audit","authenticator","controllerManager","scheduler"],"enabled":false}]}}
in the name of the remediator; the request is yours: ${CALLER}
The finding opens again then, and is not fixed again by itself.
Undone: what was there before the fix is back, and the finding opens again with the next look.
`,
  });
  expect(asked()).toEqual([
    {
      undo: {
        resource,
        control: CONTROL,
        fixId: ID,
        by: CALLER,
        userId: expect.stringMatching(/^AROA\w+:remediate-finding$/),
        askedAt: expect.any(Number),
      },
    },
  ]);
});

it('F-07: what the remediator refuses is told with its reason, and ends with 1', async () => {
  then({ ...fix, refusedUndo: { by: 'somebody', at: START, why: 'The resource has changed since the fix.' } });
  const { code, out } = await deployed.run('undo', ID, '--yes');
  expect([code, out.split('\n').at(-2)]).toEqual([1, 'It was refused: The resource has changed since the fix.']);
});

it('F-07: nothing is asked for where the resource has changed, fixing is paused, or nobody can say yes', async () => {
  const nobody = await deployed.run('undo', ID);
  await deployed.cloud.put({ ...state, findings: { [CONTROL]: { ...state.findings[CONTROL], state: 'open' } } });
  const changed = await deployed.run('undo', ID, '--yes');
  deployed.hub.parameters.set('/eks-warden/fixes', 'off');
  const paused = await deployed.run('undo', ID, '--yes');
  expect([nobody.code, nobody.err, changed, paused, asked()]).toEqual([
    2,
    'eks-warden: Nobody can be asked here: say --yes to go on.\n',
    sentence(`Fix ${ID} cannot be undone: The resource has changed since the fix.`),
    sentence(
      'Undoing changes AWS too, and is stopped. Fixing is paused: /eks-warden/fixes is not on. Resume it: npx eks-warden fixes resume',
    ),
    [],
  ]);
});

it('a fix that does not exist, or whose id is too short, is one sentence', async () => {
  const none = (id: string) =>
    sentence(`There is no fix "${id}": ids stand in the last column of npx eks-warden fixes.`);
  expect([await deployed.run('undo', 'ffffffff'), await deployed.run('undo', '012')]).toEqual([
    none('ffffffff'),
    none('012'),
  ]);
});

it('on a terminal only a clear yes goes on', async () => {
  const answer = (text: string) => {
    const stdin = Object.assign(new PassThrough(), { isTTY: true });
    stdin.write(`${text}\n`);
    return confirmed('Undo it?', { stdin, stdout: Object.assign(new PassThrough(), { isTTY: true }) });
  };
  expect(await Promise.all(['y', 'YES', '', 'n', 'yikes'].map(answer))).toEqual([true, true, false, false, false]);
});

it('what becomes of an undo is read from the fix: an older refusal is none of this one', () => {
  const old = { ...fix, refusedUndo: { by: 'bo', at: 1, why: 'Before.' } };
  const becomes = (...fixes: Fix[]) => becameOf(fixes, old);
  expect([
    becomes(old),
    becomes(old, { ...undoing, status: 'called' }),
    becomes(old, { ...undoing, status: 'failed', why: 'EKS ended it as Failed.' }),
    becomes({ ...fix, refusedUndo: { by: 'bo', at: 2, why: 'Now.' } }),
  ]).toEqual([
    { outcome: 'unknown', text: 'It has not begun yet: npx eks-warden fixes shows what becomes of it.' },
    { outcome: 'unknown', text: 'AWS is at it: npx eks-warden fixes shows what becomes of it.' },
    { outcome: 'refused', text: 'The undoing failed: EKS ended it as Failed.' },
    { outcome: 'refused', text: 'It was refused: Now.' },
  ]);
});
