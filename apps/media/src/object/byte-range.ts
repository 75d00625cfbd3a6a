import type { ByteRange } from '../storage/storage-adapter.js';

/**
 * The range that a Range header asks of `size` bytes (RFC 9110, 14.2). Null: send all of it, which is also the answer to
 * headers that are no single range of bytes.
 */
export function rangeOf(header: string | undefined, size: number): ByteRange | null | 'out_of_range' {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '');
  const [, from = '', to = ''] = match ?? [];
  if (from === '' && to === '') return null;
  if (from === '') {
    const count = Number(to);
    return count === 0 ? 'out_of_range' : { first: Math.max(0, size - count), last: size - 1 };
  }
  const first = Number(from);
  const last = to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (to !== '' && Number(to) < first) return null;
  return first >= size ? 'out_of_range' : { first, last };
}
