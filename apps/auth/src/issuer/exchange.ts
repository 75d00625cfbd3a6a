import { ServerResponse, type IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { issuerPath } from './issuer.js';

/** A request as the library is given it: nothing of it but what we name, and no host but the issuer's. */
export interface ProtocolRequest {
  readonly method: 'GET' | 'POST';
  /** Below the issuer, with its query. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** A form. */
  readonly body?: string;
}

export interface ProtocolAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  readonly body: string;
}

type Handle = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Asks the library without a socket, in the context of the request that is under way. */
export async function exchange(
  handle: Handle,
  origin: string,
  asked: ProtocolRequest,
): Promise<ProtocolAnswer> {
  const request = requestOf(origin, asked);
  const response = new ServerResponse(request);
  const chunks: Buffer[] = [];
  const keep = (chunk: unknown) => {
    if (typeof chunk === 'string' || Buffer.isBuffer(chunk)) chunks.push(Buffer.from(chunk));
  };
  const ended = new Promise<void>((resolve) => {
    Object.assign(response, {
      write: (chunk: unknown) => {
        keep(chunk);
        return true;
      },
      end: (chunk: unknown) => {
        keep(chunk);
        resolve();
        return response;
      },
    });
  });
  await Promise.all([handle(request, response), ended]);
  const headers = Object.entries(response.getHeaders());
  return {
    status: response.statusCode,
    headers: Object.fromEntries(
      headers.flatMap(([name, value]): [string, string][] =>
        value === undefined || name === 'set-cookie' ? [] : [[name, String(value)]],
      ),
    ),
    cookies: [response.getHeader('set-cookie') ?? []].flat().map(String),
    body: Buffer.concat(chunks).toString('utf8'),
  };
}

function requestOf(origin: string, { method, path, headers = {}, body }: ProtocolRequest): IncomingMessage {
  const { host, protocol } = new URL(origin);
  const given = Object.entries(headers).filter(([, value]) => value !== undefined);
  const bytes = Buffer.from(body ?? '');
  return Object.assign(Readable.from(bytes.length === 0 ? [] : [bytes]), {
    ...{ method, url: path, httpVersion: '1.1', httpVersionMajor: 1, httpVersionMinor: 1 },
    // The library mounts its own addresses below this.
    baseUrl: issuerPath,
    socket: { remoteAddress: '127.0.0.1', encrypted: false, writable: true },
    headers: {
      ...Object.fromEntries(given),
      ...{ host, 'x-forwarded-proto': protocol.slice(0, -1) },
      ...(body === undefined
        ? {}
        : {
            'content-type': 'application/x-www-form-urlencoded',
            'content-length': String(bytes.length),
          }),
    },
  }) as unknown as IncomingMessage;
}
