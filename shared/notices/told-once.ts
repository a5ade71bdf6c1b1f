import type { World } from '../aws/world.ts';
import { DAY, SECOND } from '../runtime/clock.ts';
import type { Notice } from './notice.ts';
import { published } from './sns.ts';

const MARK_LIFE = 30 * DAY;

/**
 * Publishes a notice unless that was done before; resolves to whether it was published now. Marked only after it was
 * published: a crash between the two repeats a notice, and never loses one.
 */
export async function toldOnce(
  { notices, now, table }: Pick<World, 'notices' | 'now' | 'table'>,
  notice: Notice,
  sk = sentMark(notice),
): Promise<boolean> {
  const mark = { pk: notice.key, sk };
  if ((await table.get(mark.pk, mark.sk)) !== undefined) return false;
  await notices.publish(published(notice));
  await table.put({ ...mark, ttl: Math.floor((now() + MARK_LIFE) / SECOND) });
  return true;
}

/** Under which a notice is marked as published. */
export function sentMark({ id }: Pick<Notice, 'id'>): string {
  return `sent#${id}`;
}
