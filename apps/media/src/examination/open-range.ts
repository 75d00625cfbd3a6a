import type { Readable } from 'node:stream';
import type { ByteRange } from '../storage/storage-adapter.js';

/** Reads a part of the file that is looked into. */
export type OpenRange = (range: ByteRange) => Promise<Readable>;

export async function bytesOf(open: OpenRange, range: ByteRange): Promise<Buffer> {
  return Buffer.concat((await (await open(range)).toArray()) as Buffer[]);
}
