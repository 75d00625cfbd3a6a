import type { IncomingMessage } from 'node:http';
import { DomainError } from '#libs/kernel';

const LONGEST = 8_192;
const visibleAscii = /^[\x21-\x7e]+$/;

/** @throws DomainError for a path or a query that cannot be read in one way only */
export function requireSaneUrl(url: string): void {
  if (url.length > LONGEST) {
    throw malformed('request.url_too_long', `A URL has at most ${LONGEST} characters.`);
  }
  if (!url.startsWith('/') || !visibleAscii.test(url)) throw malformed();
  if (url.includes('%') && !decodes(url)) throw malformed();
}

function decodes(url: string): boolean {
  try {
    return !decodeURIComponent(url.replaceAll('+', ' ')).includes('\0');
  } catch {
    return false;
  }
}

function malformed(code = 'request.url_malformed', detail = 'The URL is not well-formed.'): DomainError {
  return new DomainError('invalid', code, detail);
}

/** Bodies travel as they are: nobody behind the gateway unpacks them. */
export function requirePlainBody({ headers }: IncomingMessage): void {
  const coding = headers['content-encoding'];
  if (coding === undefined || coding.toLowerCase() === 'identity') return;
  throw new DomainError('unsupported', 'request.content_encoding', 'Send the body without Content-Encoding.');
}
