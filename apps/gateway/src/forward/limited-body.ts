import type { IncomingMessage } from 'node:http';
import { Transform, type Readable } from 'node:stream';
import { DomainError } from '#libs/kernel';

/**
 * The body of a request, never longer than `limit` bytes. It is a stream of its own: when a service answers before it has
 * read everything, that stream is given up and the connection to the client is not.
 * @throws DomainError `request.too_large` at once when the announced length is over the limit
 */
export function limitedBody(request: IncomingMessage, limit: number): Readable {
  if (Number(request.headers['content-length'] ?? 0) > limit) throw tooLarge(limit);
  let bytes = 0;
  const body = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > limit) done(tooLarge(limit));
      else done(null, chunk);
    },
  });
  // Whoever reads it hears of its errors; when nobody does any more, nobody needs to.
  body.on('error', () => undefined);
  request.once('error', (error) => body.destroy(error));
  return request.pipe(body);
}

function tooLarge(limit: number): DomainError {
  return new DomainError('too_large', 'request.too_large', `The body may have at most ${limit} bytes.`);
}
