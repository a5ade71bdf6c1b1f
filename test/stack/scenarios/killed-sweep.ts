import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, it } from 'vitest';
import { sweepKey } from '../../../shared/findings/swept.ts';
import type { Progress, ScopeDone } from '../../../shared/sweep/rows.ts';
import type { Bench } from '../bench.ts';
import { commandOf, told } from '../command.ts';
import { killFunction } from '../machine.ts';
import { MEMBER, REGION } from '../place.ts';
import { type Stack, until } from '../stack.ts';

const SCOPE = { account: MEMBER, region: REGION };
/** What is listed after clusters and node groups. */
const LATER = 'ecr:DescribeRepositories';

/** A sweep whose function dies: of the other account alone, so that it meets nothing of what goes on beside it. */
export function killedSweepScenario(here: () => Bench): void {
  describe.concurrent('when a sweep dies', () => {
    it('M-05: a sweep whose function is killed midway goes on where it stopped, and closes', async () => {
      const { stack } = here();
      const command = commandOf(here());
      const from = stack.wire.calls.length;
      const looks = (action: string) =>
        stack.wire.calls
          .slice(from)
          .filter((call) => call.action === action && call.account === MEMBER && call.region === REGION);
      const end = stack.wire.fault({ action: LATER, answer: { delay: 30_000 } });
      await told(command, 'sweep', 'start', '--account', MEMBER, '--region', REGION);
      await until('what is listed later', () => looks(LATER).length > 0);
      expect(killFunction(stack.emulator.pid, 'sweep-scope')).toBeGreaterThan(0);
      end();
      const { run, kinds } = await progressOf(stack);
      expect(kinds.map(({ kind }) => kind)).toContain('cluster');
      await leaseOver(stack);
      const done = await until('the end of the scope', async () => {
        const row = await rowOf(stack, 'done');
        return row?.run === run && (row as ScopeDone);
      });
      expect(done.complete).toBe(true);
      expect(looks('eks:ListClusters')).toHaveLength(1);
      await until('the end of the sweep', async () =>
        (await told(command, 'sweep', 'status')).includes('ended as succeeded'),
      );
    });
  });
}

const rowOf = async ({ rowsOf }: Stack, sk: string) => (await rowsOf(sweepKey(SCOPE))).find((row) => row.sk === sk);

async function progressOf(stack: Stack): Promise<Progress> {
  const row = await rowOf(stack, 'run');
  if (row === undefined) throw new Error('Nobody sweeps the scope.');
  return row as Progress;
}

/** Whoever died holds the scope for five minutes more. Here they pass at once, by the very item that says until when. */
async function leaseOver({ clients, deployed }: Stack): Promise<void> {
  await clients.dynamodb.send(
    new UpdateItemCommand({
      TableName: deployed.nameOf('FindingsTable'),
      Key: marshall({ pk: sweepKey(SCOPE), sk: 'run' }),
      UpdateExpression: 'SET #until = :now',
      ExpressionAttributeNames: { '#until': 'until' },
      ExpressionAttributeValues: marshall({ ':now': Date.now() }),
    }),
  );
}
