import { afterEach, beforeEach, expect, it } from 'vitest';
import { muteOf } from '../../shared/notices/mutes.ts';
import { HOUR } from '../../shared/runtime/clock.ts';
import { ACCOUNT, aHub, type DeployedHub, OTHER } from '../support/cloud/operator/a-hub.ts';

/** Who runs the command in these accounts. */
const CALLER = `arn:aws:sts::${ACCOUNT}:assumed-role/eks-warden-fix/remediate-finding`;
const CONTROL = 'eks-control-plane-logging';

let deployed: DeployedHub;
beforeEach(async () => {
  deployed = await aHub();
  await deployed.cloud.put({ pk: `known#${OTHER}#eu-west-1#cluster`, sk: 'payments', observedAt: 1 });
});
afterEach(() => deployed.stop());

const mutes = async () => (await deployed.cloud.items()).filter(({ sk }) => sk.startsWith('mute#'));
const sentence = (text: string) => ({ code: 2, out: '', err: `eks-warden: ${text}\n` });
/** Times as they are at the moment of the test. */
const timeless = (text: string) => text.replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/g, 'THEN');

it('a cluster is muted for some hours, with who, when and why', async () => {
  const { code, out, err } = await deployed.run('mute', 'payments', '--for', '4h', '--reason', 'maintenance');
  const [item] = await mutes();
  expect([
    { code, err, out: timeless(out) },
    { ...item, lasts: Number(item?.until) - Number(item?.since) },
  ]).toEqual([
    {
      code: 0,
      err: '',
      out: `The cluster payments is muted until THEN.
Critical findings are told all the same (--even-critical silences them too).
Findings are still judged, stored and, where that is allowed, fixed. It holds within half a minute.
What it holds back: npx eks-warden mute --list. End it: npx eks-warden mute payments --lift
`,
    },
    {
      pk: `mutes#${ACCOUNT}`,
      sk: expect.stringMatching(/^mute#20\d\d-.*Z#cluster#payments$/),
      what: 'cluster',
      name: 'payments',
      reason: 'maintenance',
      by: CALLER,
      since: expect.any(Number),
      until: expect.any(Number),
      ttl: expect.any(Number),
      lasts: 4 * HOUR,
    },
  ]);
});

it('a control is muted, critical findings too where that is said', async () => {
  const { code } = await deployed.run('mute', CONTROL, '--for', '30m', '--reason', 'noise', '--even-critical');
  expect([code, await mutes()]).toEqual([0, [expect.objectContaining({ what: 'control', evenCritical: true })]]);
});

it('the list has what is muted and was, with how much it held back; lifting ends it', async () => {
  const now = Date.now();
  const asked = { what: 'cluster', name: 'payments', reason: 'maintenance', by: 'ana', since: now - HOUR } as const;
  const mute = muteOf(ACCOUNT, { ...asked, until: now + HOUR });
  const held = { pk: mute.pk, sk: `held#${mute.sk}#1`, control: CONTROL, resource: 'r', at: now };
  for (const item of [mute, held]) await deployed.cloud.put(item);
  const before = await deployed.run('mute', '--list');
  const lifted = await deployed.run('mute', 'payments', '--lift');
  const after = JSON.parse((await deployed.run('mute', '--list', '--format', 'json')).out);
  expect([timeless(before.out).split('\n'), lifted, after]).toEqual([
    [
      'State   What     Name          Until                    Critical  Held back',
      'silent  cluster  payments      THEN  told      1',
      '  maintenance (ana, THEN)',
      '',
    ],
    {
      code: 0,
      err: '',
      out: 'payments is told again, within half a minute. 1 change was held back: it stands in the table and in the digest.\n',
    },
    [
      {
        ...{ ...asked, until: now + HOUR, evenCritical: false, inForce: false, held: 1 },
        lifted: { by: CALLER, at: expect.any(Number) },
      },
    ],
  ]);
});

const HELP = 'Help: npx eks-warden --help\n';
it.each<[what: string, args: string[], err: string]>([
  ['no name', ['--for', '4h'], 'What is to be silent? Name a control or a cluster: npx eks-warden mute --help'],
  ['no time', ['payments', '--reason', 'x'], 'For how long? Say it with --for, such as --for 4h (24h at most).'],
  ['no reason', ['payments', '--for', '4h'], 'Why? Say it with --reason "…": it stands in the digest.'],
  [
    'what nobody knows',
    ['paymens', '--for', '4h', '--reason', 'x'],
    '"paymens" is no control, and no cluster that is watched. Did you mean payments?',
  ],
  ['what is not muted', ['payments', '--lift'], '"payments" is not muted. All: npx eks-warden mute --list'],
])('a mistake is one sentence: %s', async (_, args, text) => {
  expect(await deployed.run('mute', ...args)).toEqual(sentence(text));
});

it.each([
  ['25h', 'A mute lasts 24h at most: what is accepted for longer is a waiver.'],
  ['1441m', 'A mute lasts 24h at most: what is accepted for longer is a waiver.'],
  ['tomorrow', 'Write minutes or hours, such as 30m or 4h.'],
])('no mute lasts %s', async (time, problem) => {
  expect(await deployed.run('mute', 'payments', '--for', time, '--reason', 'x')).toEqual({
    code: 2,
    out: '',
    err: `error: option '--for <time>' argument '${time}' is invalid. ${problem}\n${HELP}`,
  });
});

const state = (more: object = {}) => ({
  pk: `${ACCOUNT}#eu-west-1#cluster#payments`,
  sk: 'state',
  ...{ kind: 'cluster', id: 'payments', account: ACCOUNT, region: 'eu-west-1' },
  ...{ schema: 1, version: 3, clusters: ['payments'], links: [] },
  findings: { [CONTROL]: { state: 'open', severity: 'critical', said: [], since: 17, ...more } },
});
const ID = `${ACCOUNT}#eu-west-1#cluster#payments#${CONTROL}`;

it('ack keeps who has a finding, with a note, and says who had it before', async () => {
  await deployed.cloud.put(state());
  const first = await deployed.run('ack', ID, '--note', 'closing it now');
  const [ack] = (await deployed.cloud.items()).filter(({ sk }) => sk.startsWith('ack#'));
  const explained = await deployed.run('explain', ID);
  const second = await deployed.run('ack', ID);
  const resource = ID.slice(0, -CONTROL.length - 1);
  expect(timeless(explained.out).replaceAll(/\s+/g, ' ')).toContain(`THEN: taken on by ${CALLER}: closing it now`);
  expect([first, ack, { ...second, out: timeless(second.out) }]).toEqual([
    { code: 0, err: '', out: `${CALLER} has ${CONTROL} on ${resource} now.\n` },
    {
      pk: resource,
      sk: `ack#${CONTROL}`,
      by: CALLER,
      at: expect.any(Number),
      note: 'closing it now',
      since: 17,
      ttl: expect.any(Number),
    },
    { code: 0, err: '', out: `${CALLER} has ${CONTROL} on ${resource} now. ${CALLER} had it since THEN.\n` },
  ]);
});

it('ack refuses what is no finding, is unknown, or is closed', async () => {
  await deployed.cloud.put(state({ state: 'closed' }));
  const gone = `${ACCOUNT}#eu-west-1#cluster#orders`;
  expect([
    await deployed.run('ack', 'payments'),
    await deployed.run('ack', `${gone}#${CONTROL}`),
    await deployed.run('ack', ID.replace(CONTROL, 'eks-control-plane-loging')),
    await deployed.run('ack', ID),
  ]).toEqual([
    sentence(
      '"payments" is no id of a finding: it is account#region#kind#id#control, in quotes. Ids: npx eks-warden report --format json',
    ),
    sentence(`Nothing is known about ${gone}: is it spelt right?`),
    sentence(`${ID.slice(0, -CONTROL.length - 1)} has no finding "eks-control-plane-loging". Did you mean ${CONTROL}?`),
    sentence('It is closed since 1970-01-01 00:00:00 UTC: there is nothing to be taken on.'),
  ]);
});
