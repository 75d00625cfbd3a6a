import { createHash, createHmac, pbkdf2, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify(pbkdf2);
const ITERATIONS = 4096;

async function verifierWith(password: string, salt: Buffer, iterations: number): Promise<string> {
  const salted = await derive(password.normalize('NFKC'), salt, iterations, 32, 'sha256');
  const keyOf = (name: string) => createHmac('sha256', salted).update(name).digest();
  const stored = createHash('sha256').update(keyOf('Client Key')).digest('base64');
  const server = keyOf('Server Key').toString('base64');
  return `SCRAM-SHA-256$${iterations}:${salt.toString('base64')}$${stored}:${server}`;
}

/** What Postgres stores for a password (RFC 5803), made here so that no statement and no log holds the password. */
export function scramVerifier(password: string): Promise<string> {
  return verifierWith(password, randomBytes(16), ITERATIONS);
}

export async function scramMatches(password: string, verifier: string): Promise<boolean> {
  const [, iterations, salt] = /^SCRAM-SHA-256\$(\d+):([^$]+)\$/.exec(verifier) ?? [];
  if (iterations === undefined || salt === undefined) return false;
  return (await verifierWith(password, Buffer.from(salt, 'base64'), Number(iterations))) === verifier;
}
