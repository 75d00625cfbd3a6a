import type { IncomingMessage, ServerResponse } from 'node:http';

/** How long the rest of a body that nobody wants is read and thrown away. */
const LINGER = 1_000;

export function hasBody({ headers }: IncomingMessage): boolean {
  const length = headers['content-length'];
  return headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0');
}

/** True while the sender is still at it; then an answer must announce that the connection closes after it. */
export function isStillSending(request: IncomingMessage): boolean {
  return !request.complete && hasBody(request);
}

/**
 * Ends an answer that came before the whole body did. A connection closed with unread bytes resets, and the sender might
 * never see the answer: so some of the rest is read first.
 */
export function endAfterBody(request: IncomingMessage, response: ServerResponse): void {
  const end = (): void => {
    clearTimeout(timer);
    response.end();
  };
  const timer = setTimeout(end, LINGER);
  request.once('end', end).once('error', end).once('close', end).resume();
}
