import type { IncomingMessage } from 'node:http';
import { Transform, type Readable } from 'node:stream';
import { DomainError } from '#libs/kernel';

/**
 * The body of a request, never longer than `limit` bytes. Where its length is announced Node holds the sender to it, so
 * that only bodies of unknown length are counted.
 * @throws DomainError `request.too_large` at once when the announced length is over the limit
 */
export function limitedBody(request: IncomingMessage, limit: number): Readable {
  const announced = request.headers['content-length'];
  if (announced !== undefined && request.headers['transfer-encoding'] === undefined) {
    if (Number(announced) > limit) throw tooLarge(limit);
    return request;
  }
  let bytes = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > limit) done(tooLarge(limit));
      else done(null, chunk);
    },
  });
  request.once('error', (error) => counted.destroy(error));
  return request.pipe(counted);
}

function tooLarge(limit: number): DomainError {
  return new DomainError('too_large', 'request.too_large', `The body may have at most ${limit} bytes.`);
}
