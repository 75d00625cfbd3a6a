import { pino, type DestinationStream, type Logger } from 'pino';

/** Where the code is: put on every line. Given by libs/service, which knows the request. */
export interface LogPlace {
  readonly tenant?: string | undefined;
  readonly requestId?: string | undefined;
}

export interface LoggerOptions {
  readonly service: string;
  readonly level?: string;
  readonly place?: () => LogPlace | undefined;
  /** Default is standard output. */
  readonly destination?: DestinationStream;
}

const secretKeys = [
  'password',
  'newPassword',
  'currentPassword',
  'token',
  'accessToken',
  'refreshToken',
  'secret',
  'apiKey',
  'authorization',
  'cookie',
  'set-cookie',
  'x-api-key',
  'x-csrf-token',
  'x-harka-context',
];

/** Secrets at the top of a line's object and one and two levels down (`headers.cookie`, `req.headers.cookie`). */
const redacted = secretKeys.flatMap((key) => [`["${key}"]`, `*["${key}"]`, `*.*["${key}"]`]);

/** A logger that writes JSON lines with `service`, `tenant` and `requestId`, and never a secret. */
export function createLogger({ service, level = 'info', place, destination }: LoggerOptions): Logger {
  const options = {
    level,
    base: { service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: redacted, censor: '[redacted]' },
    ...(place && { mixin: () => ({ ...place() }) }),
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}
