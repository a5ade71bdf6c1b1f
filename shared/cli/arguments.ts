import { InvalidArgumentError } from 'commander';

/** An argument of commander: what is wrong with it is told with the option's name. */
export function accountId(text: string): string {
  if (/^\d{12}$/.test(text)) return text;
  throw new InvalidArgumentError('An account has twelve digits.');
}

export function count(text: string): number {
  if (/^[1-9]\d{0,3}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('A number from 1 to 9999 is wanted.');
}
