import { DomainError } from '#libs/kernel';
import { z } from 'zod';

/** One page of a list; `nextCursor` is null on the last one. */
export const page = <T extends z.ZodType>(item: T) =>
  z.strictObject({ items: z.array(item), nextCursor: z.string().nullable() });

export interface Page<T> {
  readonly items: T[];
  readonly nextCursor: string | null;
}

/** The query of a list: at most `limit` items after `cursor`. Spread it into the endpoint's own strict object. */
export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().min(1).max(500).optional(),
};

/** A cursor is opaque to callers: a place in an order, in base64url. */
export function encodeCursor(place: Readonly<Record<string, unknown>>): string {
  return Buffer.from(JSON.stringify(place)).toString('base64url');
}

/** @throws DomainError `request.cursor_invalid` */
export function decodeCursor<T extends z.ZodType>(cursor: string, place: T): z.output<T> {
  const result = place.safeParse(readJson(cursor));
  if (result.success) return result.data;
  throw new DomainError(
    'invalid',
    'request.cursor_invalid',
    'The cursor is not one that this list gave out.',
    {
      faults: [
        { pointer: 'query/cursor', code: 'cursor_invalid', detail: 'Take nextCursor of the page before.' },
      ],
    },
  );
}

function readJson(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
