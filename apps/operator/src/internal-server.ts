import { createServer, type Server, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import { exposition, processMetrics } from '#libs/metrics';
import type { Operator } from './operator.js';

/** `/healthz`, `/readyz` and `/metrics`, with Node's own server: what a service brings for it is more than this process. */
export async function startInternalServer(
  operator: Operator,
  listen: { readonly host: string; readonly port: number },
): Promise<Server> {
  const node = processMetrics();
  const server = createServer((request, response) => {
    void answer(request.url ?? '', operator, node, response);
  });
  server.listen(listen);
  await once(server, 'listening');
  return server;
}

async function answer(
  path: string,
  operator: Operator,
  node: ReturnType<typeof processMetrics>,
  response: ServerResponse,
): Promise<void> {
  if (path === '/healthz') {
    send(response, 200, { status: 'alive' });
  } else if (path === '/readyz') {
    const missing = operator.missing();
    const isReady = missing.length === 0;
    send(response, isReady ? 200 : 503, { status: isReady ? 'ready' : 'not ready', missing });
  } else if (path === '/metrics') {
    const text = await exposition([operator.metrics.registry, node]);
    response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }).end(text);
  } else {
    send(response, 404, { status: 'not found' });
  }
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
