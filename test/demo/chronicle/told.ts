import { noticeFrom } from '../../../shared/notices/notice.ts';
import type { Published } from '../../support/cloud/own/sns.ts';
import type { Entry } from './entry.ts';

/** A notice as it was published, with the subscriptions that it went to. */
export function noticeOf(at: number, { message }: Published, to: readonly string[]): Entry[] {
  return [{ at, what: 'notice', notice: noticeFrom(message.sqs ?? message.default), to }];
}
