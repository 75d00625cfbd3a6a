import { isIP } from 'node:net';
import { secret32 } from '#libs/config';
import { z } from 'zod';

const network = z.string().refine((text) => {
  const [address = '', bits, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}, 'an address or a network such as 10.0.0.0/8 is expected');

const count = (most: number) => z.coerce.number().int().min(1).max(most);

export const gatewayConfig = z.object({
  HARKA_CSRF_SECRET: secret32(),
  /** The fixed token of the operator's command line; without it only operators' sessions open the admin host. */
  HARKA_OPERATOR_TOKEN: z.string().min(20).optional(),
  /** Proxies whose X-Forwarded-For and X-Forwarded-Proto are believed: addresses and networks, separated by commas. */
  HARKA_TRUSTED_PROXIES: z
    .string()
    .transform((list) => list.split(',').flatMap((entry) => entry.trim() || []))
    .pipe(z.array(network))
    .default([]),
  /** The built web app. */
  HARKA_WEB_DIR: z.string().default('apps/web/dist'),
  /** How long a service may take to begin or continue an answer. */
  HARKA_GATEWAY_TIMEOUT_SECONDS: count(3_600).default(30),
  /** How many gateways share the limits; what one grants alone while Redis is away is its part of them. */
  HARKA_GATEWAY_REPLICAS: count(10_000).default(1),
  /** Requests of one address without a sign-in, a minute. */
  HARKA_VISITOR_REQUESTS: count(1_000_000).default(1_200),
  /** Passwords and mailed tokens that one address may try in one academy, a minute. */
  HARKA_SIGN_IN_ATTEMPTS: count(1_000_000).default(120),
  /** Requests of one tenant that one gateway has under way at once. */
  HARKA_TENANT_CONCURRENCY: count(100_000).default(256),
});
export type GatewayConfig = z.infer<typeof gatewayConfig>;
