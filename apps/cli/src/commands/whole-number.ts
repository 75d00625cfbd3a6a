import { InvalidArgumentError } from 'commander';

/** For an option whose value is a whole number, not negative. */
export function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('A whole number is expected.');
  return Number(text);
}
