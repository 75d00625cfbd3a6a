import type { ServiceMetrics } from '#libs/metrics';
import type { FastifyInstance } from 'fastify';

/** Times every request by its route template. */
export function observeRequests(server: FastifyInstance, metrics: ServiceMetrics): void {
  server.addHook('onResponse', (request, reply, done) => {
    metrics.observeRequest({
      method: request.method,
      route: request.routeOptions.url ?? 'none',
      status: reply.statusCode,
      seconds: reply.elapsedTime / 1000,
    });
    done();
  });
}
