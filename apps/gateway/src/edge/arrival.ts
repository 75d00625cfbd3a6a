import type { IncomingMessage } from 'node:http';
import { headers as names } from '#libs/contracts';
import { DomainError } from '#libs/kernel';
import type { ClientAddress } from './client-address.js';
import type { Host, HostReader } from './host.js';
import type { Trace, Tracer } from './trace.js';

/** What a request says about where it comes from and where it wants to go, with everything doubtful removed. */
export interface Arrival extends Trace {
  readonly host: Host;
  /** As the browser named it, port included: for comparing origins and for links. */
  readonly hostHeader: string;
  readonly ip: string;
  readonly secure: boolean;
}

export interface ArrivalReader {
  readonly hosts: HostReader;
  readonly clients: ClientAddress;
  readonly tracer: Tracer;
}

/** @throws DomainError `request.host_invalid` */
export function readArrival(request: IncomingMessage, trace: Trace, reader: ArrivalReader): Arrival {
  const { headers, socket } = request;
  const hostHeader = headers.host ?? '';
  const host = hostCount(request.rawHeaders) === 1 ? reader.hosts.read(hostHeader) : null;
  if (host === null) {
    throw new DomainError('invalid', 'request.host_invalid', 'The Host header is not usable.');
  }
  const { ip, secure } = reader.clients.of(socket.remoteAddress, 'encrypted' in socket, {
    forwardedFor: text(headers[names.forwardedFor]),
    forwardedProto: text(headers[names.forwardedProto]),
  });
  return { ...trace, host, hostHeader: hostHeader.toLowerCase(), ip, secure };
}

export function readTrace({ headers }: IncomingMessage, tracer: Tracer): Trace {
  return tracer.trace(text(headers[names.requestId]), text(headers[names.traceparent]));
}

/** Node keeps the first of several; a proxy in front may have looked at another. */
function hostCount(rawHeaders: readonly string[]): number {
  let count = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] ?? '';
    if (name.length === 4 && name.toLowerCase() === 'host') count += 1;
  }
  return count;
}

function text(value: string | string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
