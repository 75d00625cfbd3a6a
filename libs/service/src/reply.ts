import type { Readable } from 'node:stream';

export interface Cookie {
  readonly name: string;
  readonly value: string;
  /** Seconds; 0 ends the cookie. Absent: it ends with the browser. */
  readonly maxAge?: number;
  readonly secure: boolean;
  readonly sameSite: 'Lax' | 'Strict';
}

export interface ReplyOptions {
  readonly status?: number;
  /** The version of what is answered; becomes a strong ETag. */
  readonly etag?: string | number;
  readonly cookies?: readonly Cookie[];
  /** `Set-Cookie` as another part wrote it. */
  readonly setCookies?: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer with more to it than its JSON body. */
export class Reply<T> {
  constructor(
    readonly body: T,
    readonly options: ReplyOptions = {},
  ) {}
}

/** `body`, with its version as ETag. */
export function withETag<T>(body: T, etag: string | number): Reply<T> {
  return new Reply(body, { etag });
}

/** `body`, and cookies that are host-only, HttpOnly and for the whole host. */
export function withCookies<T>(body: T, cookies: readonly Cookie[]): Reply<T> {
  return new Reply(body, { cookies });
}

export interface DownloadOptions {
  readonly contentType: string;
  /** Bytes, where known. */
  readonly length?: number;
  readonly status?: 200 | 206 | 304 | 416;
  readonly headers?: Readonly<Record<string, string>>;
}

/** An answer that is not JSON. */
export class Download {
  constructor(
    readonly content: Readable | Buffer | string | null,
    readonly options: DownloadOptions,
  ) {}
}

/** RFC 6265: always HttpOnly, host-only, Path=/ (which the `__Host-` prefix asks for). */
export function cookieHeader({ name, value, maxAge, secure, sameSite }: Cookie): string {
  const parts = [`${name}=${value}`, 'Path=/', 'HttpOnly', `SameSite=${sameSite}`];
  if (maxAge !== undefined) parts.push(`Max-Age=${maxAge}`);
  if (secure) parts.push('Secure');
  return parts.join('; ');
}
