import { InvalidArgumentError } from 'commander';
import { MOST_MUTED } from '../../notices/mutes.ts';
import { HOUR, MINUTE } from '../../runtime/clock.ts';

/** Milliseconds of `30m` or `4h`, at most a day. */
export function duration(text: string): number {
  const [, number, unit] = /^([1-9]\d{0,3})(m|h)$/.exec(text) ?? [];
  if (number === undefined) throw new InvalidArgumentError('Write minutes or hours, such as 30m or 4h.');
  const time = Number(number) * (unit === 'h' ? HOUR : MINUTE);
  if (time <= MOST_MUTED) return time;
  throw new InvalidArgumentError('A mute lasts 24h at most: what is accepted for longer is a waiver.');
}
