/** What auth asks of a password; said before it is typed, checked again by auth. */
export const SHORTEST_PASSWORD = 10;

export type PasswordFault = 'missing' | 'short' | 'long';

export function passwordFault(password: string): PasswordFault | null {
  if (password === '') return 'missing';
  if (Array.from(password).length < SHORTEST_PASSWORD) return 'short';
  return new TextEncoder().encode(password).length > 72 ? 'long' : null;
}
