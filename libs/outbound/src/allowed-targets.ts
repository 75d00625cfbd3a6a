import { z } from 'zod';

/** A host and port that the operator vouches for. */
export interface AllowedTarget {
  readonly host: string;
  readonly port: number;
  /** The slug of the only tenant that may go there; left out: all of them. */
  readonly tenant?: string;
}

const TARGET = /^(?:([a-z0-9-]+)@)?(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9.-]+):([0-9]{1,5})$/;

/** The form of `HARKA_OUTBOUND_ALLOW`: `host:port`, or `tenant@host:port` for one tenant alone, by commas. */
export const outboundAllow = () =>
  z.string().transform((text, context): AllowedTarget[] =>
    text
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== '')
      .flatMap((item) => {
        const [, tenant, host, port] = TARGET.exec(item) ?? [];
        if (host !== undefined && Number(port) <= 65_535) {
          const target = { host: host.toLowerCase(), port: Number(port) };
          return [tenant === undefined ? target : { ...target, tenant }];
        }
        context.addIssue({
          code: 'custom',
          message: `host:port or tenant@host:port is expected, not "${item}"`,
        });
        return [];
      }),
  );

/** What is kept for one tenant counts for that one alone; who asks for nobody gets what is for everybody. */
export function isAllowed(
  allow: readonly AllowedTarget[],
  host: string,
  port: number,
  tenant?: string,
): boolean {
  return allow.some(
    (target) =>
      target.host === host.toLowerCase() &&
      target.port === port &&
      (target.tenant === undefined || target.tenant === tenant),
  );
}
