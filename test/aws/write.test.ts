import { afterEach, expect, it } from 'vitest';
import { awsSession } from '../../shared/aws/session.ts';
import { awsError, json, type Reply, type ScriptedAws, scriptedAws } from '../support/scripted-aws.ts';

let server: ScriptedAws | undefined;
afterEach(() => server?.stop());

const action = 'eks:UpdateClusterConfig';

async function writing(reply: Reply) {
  server = await scriptedAws(() => reply);
  const aws = awsSession({
    home: { account: '111122223333', region: 'eu-west-1' },
    client: { requestTimeout: 200, sdk: server.client },
  });
  const batch = aws.batch();
  const writer = batch.writer('111122223333', 'eu-west-1');
  const write = await writer.write(action, { name: 'prod', clientRequestToken: 'fix-1', logging: {} });
  expect([...batch.calls()]).toEqual([[action, 1]]);
  return write;
}

it('gives the answer of a write, and sends its token', async () => {
  const update = { id: 'u-1', status: 'InProgress' };
  expect(await writing(json({ update }))).toEqual({ outcome: 'done', value: { update } });
  expect(JSON.parse(server?.asked[0]?.body ?? '')).toEqual({ clientRequestToken: 'fix-1', logging: {} });
});

it.each([
  ['busy', 409, 'ResourceInUseException'],
  ['busy', 428, 'ResourcePropagationDelayException'],
  ['unavailable', 429, 'ThrottlingException'],
  ['unavailable', 500, 'ServerException'],
  ['rejected', 400, 'InvalidParameterException'],
  ['rejected', 404, 'ResourceNotFoundException'],
  ['rejected', 400, 'SomethingQuiteNew'],
])('E-03: %s where AWS answers %i %s', async (outcome, status, code) => {
  expect(await writing(awsError(action, status, code))).toEqual({ outcome, why: `${code} on ${action}.` });
});

it('refused where the permission is missing', async () => {
  const why = `AccessDeniedException on ${action}.`;
  expect(await writing(awsError(action, 403, 'AccessDeniedException'))).toEqual({ outcome: 'refused', action, why });
});

it('unavailable where the answer does not come: whether it was done is not known', async () => {
  expect(await writing('hang')).toEqual({ outcome: 'unavailable', why: `ETIMEDOUT on ${action}.` });
});

it('F-04: a reader cannot write, whatever it is told', async () => {
  server = await scriptedAws(() => json({}));
  const home = { account: '111122223333', region: 'eu-west-1' };
  const reader = awsSession({ home, client: { sdk: server.client } })
    .batch()
    .reader(home.account, home.region);
  await expect(reader.read(action as never, { name: 'prod' } as never)).rejects.toThrow(`No command for ${action}.`);
  expect(server.asked).toEqual([]);
});

it('says so where nothing would change', async () => {
  const reply = awsError(action, 400, 'InvalidParameterException', 'No changes needed for the logging config provided');
  const why = `InvalidParameterException on ${action}: no changes are needed.`;
  expect(await writing(reply)).toEqual({ outcome: 'rejected', why });
});
