import { PurgeQueueCommand, ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import type { Redriven } from '../../../shared/cli/redrive/redrive.ts';
import type { Bench } from '../bench.ts';
import { commandOf, told } from '../command.ts';
import { addClusters, clusterOf } from '../estate.ts';
import { OWN, REGION } from '../place.ts';
import { type Stack, until } from '../stack.ts';
import { anEventAbout } from './events.ts';

const PROTECTION = 'eks-deletion-protection';
/** A control that nothing else here touches. */
export const MUTED = 'eks-auth-mode-api';
export const REASON = 'The access entries are being moved.';

/** Silences a control. It holds within half a minute, so this comes long before what it silences. */
export function muteScenario(here: () => Bench): void {
  it('mute: a control is muted for an hour, and that is listed', async () => {
    const command = commandOf(here());
    const said = await told(command, 'mute', MUTED, '--for', '1h', '--reason', REASON);
    expect(said).toContain(`The control ${MUTED} is muted until `);
    expect(await mutes(here())).toEqual([
      expect.objectContaining({ what: 'control', name: MUTED, reason: REASON, inForce: true, held: 0 }),
    ]);
  });
}

/** What a person does at night, in the deployment. */
export function operatorScenarios(here: () => Bench): void {
  describe.concurrent('by a person with the command', () => {
    it('mute: what is muted is found, told to nobody, and counted', async () => {
      const { stack } = here();
      addClusters(stack.audited.cloud, ['muted'], { accessConfig: { authenticationMode: 'CONFIG_MAP' } });
      await stack.put(anEventAbout('muted'));
      const isOpen = async () => (await stack.finding(MUTED, clusterOf('muted')))?.state === 'open';
      await until('the finding', isOpen);
      await until('what the mute held back', async () => (await mutes(here()))[0]?.held === 1);
      const notices = stack.wire.calls.filter(({ action, body }) => action === 'sns:Publish' && body.includes(MUTED));
      expect(notices).toEqual([]);
    });

    it('ack: somebody has a finding, and whoever comes next is told who', async () => {
      const command = commandOf(here());
      const id = `${OWN}#${REGION}#cluster#old-11#${PROTECTION}`;
      expect(await told(command, 'ack', id, '--note', 'on it')).toMatch(
        new RegExp(`^arn:aws:iam::${OWN}:root has ${PROTECTION} on \\S+ now\\.\\n$`),
      );
      expect(await told(command, 'ack', id)).toMatch(new RegExp(` now\\. arn:aws:iam::${OWN}:root had it since `));
    });

    it('notify --test: one notice comes to Slack, and mail is said to be sent', async () => {
      const said = await told(commandOf(here()), 'notify', '--test');
      expect(said.replace(/[0-9a-f]{32}/, 'ID')).toBe(`Test notice ID was sent. It is about no finding.

✓ E-mail to platform@example.com: sent; look for "[eks-warden] TEST" within a minute, in the spam folder too.
✓ Slack: posted to the webhook's channel.

2 checks: all fine.
`);
    });

    it('redrive: a poisoned message is set aside while its neighbours pass; what is ours is looked at again', async () => {
      const { stack } = here();
      const command = commandOf(here());
      addClusters(stack.audited.cloud, ['beside-poison', 'set-aside'], { deletionProtection: false });
      const unwell = { action: 'sqs:SendMessage', naming: 'set-aside', answer: 'unwell' } as const;
      const end = stack.wire.fault(unwell);
      const QueueUrl = stack.deployed.nameOf('ChangesQueue');
      await stack.clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'poison' }));
      await stack.put(anEventAbout('set-aside'));
      await stack.put(anEventAbout('beside-poison'));
      await until('the finding of its neighbour', () => isOpen(stack, 'beside-poison'));
      await until('both dead letters', async () => (await stack.messages('ChangesDeadLetters')).waiting === 2);
      expect(await isOpen(stack, 'set-aside')).toBe(false);
      const shown = await redriven(command, '--dry-run');
      expect(shown).toEqual({ code: 1, lines: LINES, again: 0, said: 'nothing was touched' });
      end();
      const done = await redriven(command);
      expect(done).toEqual({
        code: 1,
        lines: LINES,
        again: 1,
        said: 'handed to ChangesQueue again, the oldest first; 1 left, none of ours',
      });
      await until('the finding of what was set aside', () => isOpen(stack, 'set-aside'));
      const left = stack.deployed.nameOf('ChangesDeadLetters');
      const { Messages = [] } = await stack.clients.sqs.send(new ReceiveMessageCommand({ QueueUrl: left }));
      expect(Messages.map(({ Body }) => Body)).toEqual(['poison']);
      // What is none of ours stays until a person throws it away.
      await stack.clients.sqs.send(new PurgeQueueCommand({ QueueUrl: left }));
    });
  });
}

const LINES = ['nothing of ours: The message is no event.', `event eks:UpdateClusterConfig ID (${OWN} ${REGION})`];

async function redriven(command: ReturnType<typeof commandOf>, ...args: readonly string[]) {
  const { code, out } = await command('redrive', 'ChangesDeadLetters', '--format', 'json', ...args);
  const [{ lines, again, said }] = JSON.parse(out) as [Redriven];
  return {
    code,
    again,
    said,
    lines: lines
      .map(({ about }) => about.replace(/[0-9a-f-]{36}/, 'ID'))
      .sort()
      .reverse(),
  };
}

const isOpen = async (stack: Stack, cluster: string) =>
  (await stack.finding(PROTECTION, clusterOf(cluster)))?.state === 'open';

async function mutes(bench: Bench) {
  const listed = JSON.parse(await told(commandOf(bench), 'mute', '--list', '--format', 'json'));
  return listed as { what: string; name: string; reason: string; inForce: boolean; held: number }[];
}
