import { exposition } from '#libs/metrics';
import { fastify } from 'fastify';
import type { Registry } from 'prom-client';
import type { Readiness } from './readiness.js';

/** What the internal port shows of a service. */
export interface Observed {
  readonly name: string;
  readonly readiness: Readiness;
  readonly registry: Registry;
}

export interface InternalServer {
  readonly url: string;
  close(): Promise<void>;
}

/** `/healthz`, `/readyz` and `/metrics` of the services in this process; never reachable from outside. */
export async function startInternalServer(
  observed: readonly Observed[],
  listen: { readonly host: string; readonly port: number },
): Promise<InternalServer> {
  const server = fastify();
  server.get('/healthz', () => ({ status: 'alive' }));
  server.get('/readyz', async (_request, reply) => {
    const missing = await missingOf(observed);
    return reply
      .status(missing.length === 0 ? 200 : 503)
      .send({ status: missing.length === 0 ? 'ready' : 'not ready', missing });
  });
  server.get('/metrics', async (_request, reply) => {
    const text = await exposition(observed.map(({ registry }) => registry));
    return reply.type('text/plain; version=0.0.4; charset=utf-8').send(text);
  });
  const url = await server.listen(listen);
  return { url, close: async () => server.close() };
}

/** What is missing for these services to be ready, each name once. */
async function missingOf(observed: readonly Pick<Observed, 'readiness'>[]): Promise<string[]> {
  const missing = await Promise.all(observed.map(async ({ readiness }) => readiness.missing()));
  return [...new Set(missing.flat())].sort();
}
