import type { IncomingHttpHeaders } from 'node:http';
import { headers as names, type Endpoint, type ServiceName } from '#libs/contracts';
import type { Arrival } from '../edge/arrival.js';

/** What a service may hear from outside. Everything else is dropped, so nobody can speak in our name. */
const passed = [
  'accept',
  'accept-language',
  'idempotency-key',
  'if-match',
  'if-none-match',
  'if-modified-since',
  'if-range',
  'range',
  'prefer',
  'user-agent',
  // Resumable uploads (tus).
  'tus-resumable',
  'upload-length',
  'upload-metadata',
  'upload-offset',
] as const;

/** The headers of a request to a service, as name and value pairs. */
export function forwardedHeaders(
  incoming: IncomingHttpHeaders,
  arrival: Arrival,
  { service, upload, access }: Pick<Endpoint, 'service' | 'upload'> & Partial<Pick<Endpoint, 'access'>>,
  context: string,
  withBody: boolean,
): string[] {
  const list = [
    names.context,
    context,
    names.requestId,
    arrival.requestId,
    names.traceparent,
    arrival.traceparent,
    names.forwardedFor,
    arrival.ip,
    names.forwardedProto,
    arrival.secure ? 'https' : 'http',
    names.forwardedHost,
    arrival.hostHeader,
  ];
  for (const name of passed) {
    const value = incoming[name];
    if (typeof value === 'string') list.push(name, value);
  }
  if ((access === 'scim' || access === 'oauth') && incoming.authorization !== undefined) {
    list.push('authorization', incoming.authorization);
  }
  if (access === 'oauth' && incoming.origin !== undefined) list.push('origin', incoming.origin);
  if (withBody) {
    const { 'content-type': type, 'content-length': length } = incoming;
    // A file is a file, also one of JSON: services would parse it.
    if (upload === true) list.push('content-type', 'application/octet-stream');
    else if (type !== undefined) list.push('content-type', type);
    if (length !== undefined) list.push('content-length', length);
  }
  // Cookies are keys to sessions: only the service that gives them out sees them.
  if (service === 'auth' && incoming.cookie !== undefined) list.push('cookie', incoming.cookie);
  return list;
}

/** Of the connection and not of the answer, or ours to say. */
const dropped = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'server',
  'x-powered-by',
  'x-request-id',
  'strict-transport-security',
]);

/** Our own headers first; a service may say them better (a policy for a file, say), so its word replaces ours. */
export function answeredHeaders(
  answer: IncomingHttpHeaders,
  service: ServiceName,
  own: readonly string[],
): string[] {
  const list: string[] = [];
  for (const name in answer) {
    const value = answer[name];
    if (value === undefined || dropped.has(name) || (name === 'set-cookie' && service !== 'auth')) continue;
    if (typeof value === 'string') list.push(name, value);
    else for (const each of value) list.push(name, each);
  }
  for (let index = 0; index < own.length; index += 2) {
    const name = own[index] ?? '';
    if (answer[name] === undefined || dropped.has(name)) list.push(name, own[index + 1] ?? '');
  }
  return list;
}
