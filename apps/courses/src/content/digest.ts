import type { PortableContent } from '#libs/contracts/courses';
import { createHash } from 'node:crypto';

/** SHA-256 of the canonical JSON: keys in order, no white space. Equal content has an equal digest, in any tenant. */
export function digestOf(content: PortableContent): string {
  return createHash('sha256').update(canonical(content)).digest('hex');
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonical(member)}`);
  return `{${members.join(',')}}`;
}
