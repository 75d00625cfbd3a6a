import type { FastifyInstance } from 'fastify';

/** Fails an answer that is not what its contract promises: switched on in tests, since parsing every answer costs. */
export function checkResponses(server: FastifyInstance): void {
  server.addHook('preSerialization', (request, reply, payload, done) => {
    const schema = request.routeOptions.config.endpoint?.response;
    if (schema === undefined || schema === null || reply.statusCode >= 400) {
      done(null, payload);
      return;
    }
    // What the caller gets is JSON: dates and the like have to be text by now.
    const result = schema.safeParse(JSON.parse(JSON.stringify(payload)));
    if (result.success) {
      done(null, payload);
      return;
    }
    const id = request.routeOptions.config.endpoint?.id ?? '';
    done(new Error(`${id} broke its contract: ${result.error.message}`));
  });
}
