import { expect, it } from 'vitest';
import type { Backend } from '../../shared/aws/batch.ts';
import { mergedReads } from '../../shared/aws/merged-reads.ts';
import type { Read } from '../../shared/aws/read.ts';

const PLACE = { account: '111122223333', region: 'eu-west-1' };
const GROUPS = 'ec2:DescribeSecurityGroups';

interface Question {
  GroupIds?: string[];
  Filters?: { Name: string; Values: string[] }[];
}

/** Knows these groups, refuses what EC2 would refuse, and answers when told to. */
function account(known: readonly string[]) {
  const asked: Question[] = [];
  const answers: (() => void)[] = [];
  const backend: Backend = {
    region: PLACE.region,
    write: () => Promise.reject(new Error('not asked for')),
    read: (_, action, input, counted) => {
      const question = input as Question;
      asked.push(question);
      counted(action);
      const began = asked.length;
      const ids = question.GroupIds ?? question.Filters?.[0]?.Values ?? [];
      const groups = known.filter((id) => ids.includes(id)).map((GroupId) => ({ GroupId }));
      const isGone = question.GroupIds !== undefined && groups.length < ids.length;
      const read: Read<unknown> = isGone
        ? { outcome: 'gone', began }
        : { outcome: 'found', began, value: { SecurityGroups: groups } };
      return new Promise((resolve) => {
        answers.push(() => resolve(read));
      });
    },
  };
  const answer = async () => {
    answers.shift()?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { asked, answer, backend: mergedReads(backend) };
}

const found = (began: number, ...ids: string[]) => ({
  ...{ outcome: 'found', began },
  value: { SecurityGroups: ids.map((GroupId) => ({ GroupId })) },
});

it('asks at once for the first, and for all that come meanwhile together', async () => {
  const { asked, answer, backend } = account(['sg-1', 'sg-2', 'sg-3']);
  const calls: string[] = [];
  const read = (...GroupIds: string[]) => backend.read(PLACE, GROUPS, { GroupIds }, (action) => calls.push(action));
  const reads = [read('sg-1'), read('sg-2'), read('sg-3', 'sg-2'), read('sg-gone')];
  expect(asked).toEqual([{ GroupIds: ['sg-1'] }]);
  await answer();
  await answer();
  expect(asked.slice(1)).toEqual([{ Filters: [{ Name: 'group-id', Values: ['sg-2', 'sg-3', 'sg-gone'] }] }]);
  expect(await Promise.all(reads)).toEqual([
    found(1, 'sg-1'),
    found(2, 'sg-2'),
    found(2, 'sg-2', 'sg-3'),
    { outcome: 'gone', began: 2 },
  ]);
  expect(calls).toEqual([GROUPS, GROUPS]);
});

it('asks by id again when nobody else waits, and of other accounts apart', async () => {
  const { asked, answer, backend } = account(['sg-1']);
  const read = (account: string) => backend.read({ ...PLACE, account }, GROUPS, { GroupIds: ['sg-1'] }, () => {});
  const reads = [read('111122223333'), read('444455556666')];
  await answer();
  await answer();
  const later = read('111122223333');
  await answer();
  expect(await Promise.all([...reads, later])).toEqual([found(1, 'sg-1'), found(2, 'sg-1'), found(3, 'sg-1')]);
  expect(asked).toEqual(Array.from({ length: 3 }, () => ({ GroupIds: ['sg-1'] })));
});

it('asks for no more than EC2 takes in one filter, and leaves other questions as they are', async () => {
  const ids = Array.from({ length: 250 }, (_, at) => `sg-${at}`);
  const { asked, answer, backend } = account(ids);
  const other = backend.read(PLACE, GROUPS, { Filters: [{ Name: 'vpc-id', Values: ['vpc-1'] }] }, () => {});
  const reads = ids.map((id) => backend.read(PLACE, GROUPS, { GroupIds: [id] }, () => {}));
  for (let times = 0; times < 4; times++) await answer();
  expect(asked.map(({ GroupIds, Filters }) => GroupIds?.length ?? Filters?.[0]?.Values.length)).toEqual([
    1, 1, 200, 49,
  ]);
  expect((await Promise.all([other, ...reads])).length).toBe(251);
});

it('one call that fails fails for all that it was made for, and the next is asked', async () => {
  let nth = 0;
  const failing: Backend = {
    region: PLACE.region,
    write: () => Promise.reject(new Error('not asked for')),
    read: async () => {
      nth += 1;
      if (nth === 2) throw new Error('the credentials ended');
      return { outcome: 'refused', began: nth, action: GROUPS, why: 'no' };
    },
  };
  const backend = mergedReads(failing);
  const read = (id: string) => backend.read(PLACE, GROUPS, { GroupIds: [id] }, () => {});
  const all = await Promise.allSettled([read('a'), read('b'), read('c')]);
  expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
  expect(await read('d')).toMatchObject({ outcome: 'refused', began: 3 });
});
