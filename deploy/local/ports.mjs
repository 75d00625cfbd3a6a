import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { Problem, isErrorCode } from './problem.mjs';

// Below the range that Linux hands to outgoing connections, so that a remembered port stays free.
const FIRST = 20_000;
const LAST = 29_999;
const TRIES = 200;
const LOOPBACK = '127.0.0.1';

/** The remembered port if it is still free, else another. */
export async function choosePort(remembered) {
  if (remembered !== undefined && (await isFree(remembered))) return remembered;
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const port = randomInt(FIRST, LAST + 1);
    if (await isFree(port)) return port;
  }
  throw new Problem(`No free port was found on ${LOOPBACK} between ${FIRST} and ${LAST}.`);
}

async function isFree(port) {
  return (await tryListen(LOOPBACK, port)) === null;
}

/** Makes sure that the public port can be opened, before any slow work. */
export async function requirePort(variable, host, port) {
  const error = await tryListen(host, port);
  if (error === null) return;
  if (isErrorCode(error, 'EADDRINUSE')) {
    throw new Problem(
      `Port ${port} on ${host} is taken by another program: stop that one, or choose another port with ${variable}=<port>.`,
    );
  }
  if (isErrorCode(error, 'EACCES')) {
    throw new Problem(
      `You may not open port ${port} on ${host}: choose one above 1023 with ${variable}=<port>.`,
    );
  }
  if (isErrorCode(error, 'EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN')) {
    throw new Problem(`HARKA_HOST is ${host}, which is no address of this machine.`);
  }
  throw error;
}

function tryListen(host, port) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', resolve);
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(null)));
  });
}
