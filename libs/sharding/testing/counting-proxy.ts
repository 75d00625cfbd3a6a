import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A proxy before Postgres that counts how often the conversation turns from the client to the server. */
export interface CountingProxy {
  readonly url: string;
  roundTrips(): number;
  close(): Promise<void>;
}

export async function countingProxy(target: string): Promise<CountingProxy> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let turns = 0;
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    let isClientsTurn = true;
    client.on('data', (chunk) => {
      if (isClientsTurn) turns += 1;
      isClientsTurn = false;
      upstream.write(chunk);
    });
    upstream.on('data', (chunk) => {
      isClientsTurn = true;
      client.write(chunk);
    });
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = new URL(target);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    roundTrips: () => turns,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
