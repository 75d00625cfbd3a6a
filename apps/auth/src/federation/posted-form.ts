import type { Readable } from 'node:stream';
import { DomainError } from '#libs/kernel';

/** The fields of a posted form. @throws DomainError when it is larger than it may be */
export async function readForm(stream: Readable, most: number): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > most) {
      throw new DomainError('too_large', 'request.too_large', `The body may have at most ${most} bytes.`);
    }
    chunks.push(chunk);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}
