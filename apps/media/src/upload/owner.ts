import type { Actor } from '#libs/tenancy';

/** Whose an upload is: only its sender may see it and go on with it. */
export function ownerOf({ kind, id }: Actor): string {
  return `${kind}:${id ?? ''}`;
}
