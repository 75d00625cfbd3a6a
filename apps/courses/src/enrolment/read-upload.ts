import { DomainError } from '#libs/kernel';
import type { Readable } from 'node:stream';

/** The whole of a small upload. @throws DomainError `request.too_large` as soon as it is more than `limit` bytes */
export async function readUpload(stream: Readable, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > limit) {
      throw new DomainError('too_large', 'request.too_large', `The file is larger than ${limit} bytes.`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
