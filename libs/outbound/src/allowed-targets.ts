import { z } from 'zod';

/** A host and port that the operator vouches for. */
export interface AllowedTarget {
  readonly host: string;
  readonly port: number;
}

const TARGET = /^(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9.-]+):([0-9]{1,5})$/;

/** The form of `HARKA_OUTBOUND_ALLOW`: `host:port` by commas. */
export const outboundAllow = () =>
  z.string().transform((text, context): AllowedTarget[] =>
    text
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== '')
      .flatMap((item) => {
        const [, host, port] = TARGET.exec(item) ?? [];
        if (host !== undefined && Number(port) <= 65_535) {
          return [{ host: host.toLowerCase(), port: Number(port) }];
        }
        context.addIssue({ code: 'custom', message: `host:port is expected, not "${item}"` });
        return [];
      }),
  );
